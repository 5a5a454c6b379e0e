import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { processFile, processStream } from 'edgel3/node';
import { withoutInput } from '../support/metadata.js';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const wav = wavFile({ data: int16(Array.from(sound(12_000, 8000), (sample) => Math.round(sample * 32768))) });
const path = join(folder, 'sound.wav');
writeFileSync(path, wav);

/** @param {PassThrough} stream */
async function collect(stream) {
  stream.end();
  return Buffer.concat(await stream.toArray());
}

for (const format of /** @type {const} */ (['npz', 'npy', 'csv', 'json', 'jsonl'])) {
  test(`${format}: the bytes are those of processFile, but for the name of the file`, async () => {
    const output = new PassThrough();
    const { shape } = await processStream(Readable.from([wav]), output, { format, hopSize: 0.5 });
    assert.deepEqual(shape, [3, 64]);
    const { outputPath } = await processFile(path, { format, hopSize: 0.5 });
    assert.deepEqual(withoutInput(await collect(output)), withoutInput(readFileSync(outputPath)));
  });
}

test('text comes while the sound goes on', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const done = processStream(input, output, { format: 'jsonl' });
  input.write(wav.subarray(0, wav.length - 1));
  const [line] = String(await new Promise((resolve) => output.once('data', resolve))).split('\n');
  assert.equal(JSON.parse(line).timestamp, 0);
  input.end(wav.subarray(wav.length - 1));
  assert.deepEqual((await done).shape, [11, 64]);
});

test('an abort ends the wait for the first byte, and for the next one', async () => {
  for (const bytes of [wav.subarray(0, 0), wav.subarray(0, 100), wav.subarray(0, 20_000)]) {
    const input = new PassThrough();
    const controller = new AbortController();
    const options = { signal: controller.signal, format: /** @type {const} */ ('csv') };
    const done = processStream(input, new PassThrough(), options);
    input.write(bytes);
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(done, { code: 'aborted' });
  }
});

test('an output that is closed, and bad input, are errors', async () => {
  const closed = new PassThrough();
  closed.on('error', () => {});
  closed.destroy();
  for (const format of /** @type {const} */ (['npz', 'csv'])) {
    await assert.rejects(processStream(Readable.from([wav]), closed, { format }), {
      code: 'output_unwritable',
    });
  }
  const bad = Readable.from([Buffer.from('no sound')]);
  await assert.rejects(processStream(bad, new PassThrough()), { code: 'file_unsupported' });
  assert.deepEqual(
    readdirSync(tmpdir()).filter((name) => name.startsWith('.edgel3-')),
    [],
  );
});

test('standard output on a full disk is an error, also where the disk takes a part', () => {
  const program = `
    import { processStream } from 'edgel3/node';
    await processStream(process.stdin, process.stdout, { format: process.argv[1] }).catch(({ code }) => {
      console.error(code);
      process.exitCode = 3;
    });`;
  const repository = fileURLToPath(new URL('../../..', import.meta.url));
  for (const format of ['npz', 'csv']) {
    for (const redirected of ['"$@" > /dev/full', `ulimit -f 2; "$@" > "${join(folder, 'cut')}"`]) {
      const command = [process.execPath, '--input-type=module', '-e', program, format];
      const { status, stderr } = spawnSync('bash', ['-c', redirected, 'bash', ...command], {
        cwd: repository,
        input: wav,
        encoding: 'utf8',
      });
      assert.deepEqual([status, stderr], [3, 'output_unwritable\n'], redirected);
    }
    const whole = join(folder, 'whole');
    const { status } = spawnSync(
      'bash',
      ['-c', `"$@" > "${whole}"`, 'bash', process.execPath, '--input-type=module', '-e', program, format],
      { cwd: repository, input: wav },
    );
    assert.equal(status, 0);
    assert.ok(readFileSync(whole).length > 2048);
  }
});
