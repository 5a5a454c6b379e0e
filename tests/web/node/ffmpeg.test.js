import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { processFile, readAudioFile } from 'edgel3/node';

const sample = fileURLToPath(new URL('../../../web/demo/sample.wav', import.meta.url));
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

/** Endings of files that only ffmpeg reads, and its codec. */
const FOREIGN = { m4a: 'aac', webm: 'libopus', wma: 'wmav2', wv: 'wavpack', au: 'pcm_s16be' };
const path = (/** @type {string} */ ending) => join(folder, `-sound 1.${ending}`);

describe('what ffmpeg reads and we do not', { skip: !hasFfmpeg && 'there is no ffmpeg' }, () => {
  before(() => {
    for (const [ending, codec] of Object.entries(FOREIGN)) {
      execFileSync('ffmpeg', ['-v', 'error', '-i', sample, '-c:a', codec, `file:${path(ending)}`]);
    }
  });

  for (const ending of Object.keys(FOREIGN)) {
    test(`${ending}: as floats, at the file's own rate`, async () => {
      const { channels, sampleRate } = await readAudioFile(path(ending));
      const [width] = [channels.length];
      const args = ['-v', 'error', '-i', `file:${path(ending)}`, '-f', 'f32le', '-'];
      const truth = execFileSync('ffmpeg', args, { maxBuffer: 2 ** 28 });
      const expected = new Float32Array(
        truth.buffer.slice(truth.byteOffset, truth.byteOffset + truth.length),
      );
      assert.equal(channels[0].length, expected.length / width);
      for (const [channel, samples] of channels.entries()) {
        assert.ok(samples.every((value, index) => Object.is(value, expected[index * width + channel])));
      }
      assert.equal(sampleRate, ending === 'webm' ? 48_000 : (await readAudioFile(sample)).sampleRate);
    });
  }

  test('a file is embedded, and not where ffmpeg is forbidden', async () => {
    const { shape } = await processFile(path('m4a'), { hopSize: 1 });
    assert.ok(shape[0] >= 4);
    await assert.rejects(processFile(path('m4a'), { ffmpeg: false }), {
      code: 'file_unsupported',
      message: /M4A/,
    });
  });

  test('damage is said: before the first sample, and in the middle', async () => {
    writeFileSync(path('cut.m4a'), readFileSync(path('m4a')).subarray(0, 9000));
    await assert.rejects(readAudioFile(path('cut.m4a')), {
      code: 'file_unsupported',
      message: /M4A.*ffmpeg says/,
    });
    writeFileSync(path('cut.webm'), readFileSync(path('webm')).subarray(0, 20_000));
    const before = readdirSync(folder).length;
    await assert.rejects(processFile(path('cut.webm')), { code: 'file_damaged', message: /ffmpeg says/ });
    assert.equal(readdirSync(folder).length, before);
  });

  test('what is refused of the formats that we read is refused with ffmpeg too', async () => {
    const adpcm = path('adpcm.wav');
    execFileSync('ffmpeg', ['-v', 'error', '-i', sample, '-c:a', 'adpcm_ima_wav', `file:${adpcm}`]);
    await assert.rejects(readAudioFile(adpcm), { code: 'file_unsupported', message: /ADPCM/ });
  });

  test('what is no sound stays what it is for us', async () => {
    writeFileSync(path('txt'), 'no sound at all');
    await assert.rejects(readAudioFile(path('txt')), {
      code: 'file_unsupported',
      message: /not a sound file/,
    });
  });

  test('an abort ends it', async () => {
    const options = { signal: AbortSignal.abort() };
    await assert.rejects(processFile(path('m4a'), options), { code: 'aborted' });
  });
});

test('without ffmpeg the message says what is missing', () => {
  const m4a = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypM4A '), Buffer.alloc(500)]);
  writeFileSync(path('fake.m4a'), m4a);
  const program = `import { readAudioFile } from 'edgel3/node';
await readAudioFile(process.argv[1]).catch(({ code, message }) => console.log(code, message));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program, path('fake.m4a')], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folder },
    cwd: fileURLToPath(new URL('../../../', import.meta.url)),
  });
  assert.match(stdout, /^file_unsupported .*M4A.*ffmpeg on PATH/);
});
