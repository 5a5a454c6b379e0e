import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readAudioFile } from 'edgel3/node';
import { decode } from '../support/decode.js';
import { randomNumbers } from '../support/random_numbers.js';

const folder = new URL('sounds/', import.meta.url);
const names = readdirSync(folder).filter((name) => name !== 'truth.json');

/** What soundfile reads from them; tests/reference/make_sounds.py wrote it. */
const truth = JSON.parse(readFileSync(new URL('truth.json', folder), 'utf8'));

/** Of the lossy formats the decoders are those of libsndfile, but compiled with other instructions. */
const TOLERANCE = 2e-6;

test('there is a truth for every file', () => {
  assert.deepEqual(names.sort(), Object.keys(truth).sort());
});

for (const name of names) {
  test(`${name}: the samples are those of soundfile`, async () => {
    const { channels, sampleRate } = await readAudioFile(new URL(name, folder));
    const { shape, sha256, every25th, ...expected } = truth[name];
    assert.deepEqual([sampleRate, [channels[0].length, channels.length]], [expected.sampleRate, shape]);
    if (sha256) {
      const hash = createHash('sha256');
      for (const channel of channels) hash.update(new Uint8Array(Float64Array.from(channel).buffer));
      assert.equal(hash.digest('hex'), sha256);
    } else {
      for (const [index, value] of every25th.entries()) {
        const sample = channels[index % shape[1]][25 * Math.floor(index / shape[1])];
        assert.ok(Math.abs(sample - value) < TOLERANCE, `sample ${index} is ${sample}, not ${value}`);
      }
    }
  });
}

test('the size of the pieces in which a file arrives changes nothing', async () => {
  for (const name of ['s24.wav', 'stereo.aiff', 'stereo.flac', 'opus48k.opus']) {
    const bytes = readFileSync(new URL(name, folder));
    assert.deepEqual(await decode(bytes, 7), await decode(bytes, bytes.length));
  }
});

test('files that end too soon are damaged', async () => {
  const random = randomNumbers(3);
  for (const name of names.filter((name) => !name.endsWith('.mp3'))) {
    const bytes = readFileSync(new URL(name, folder));
    const start = /flac|ogg|opus|oga/.test(name) ? 4 : 110;
    const lengths = Array.from(
      { length: 5 },
      () => start + Math.floor(random() * (bytes.length - 113 - start)),
    );
    for (const length of [...lengths, bytes.length - 113]) {
      await assert.rejects(decode(bytes.subarray(0, length)), { code: /^file_(damaged|unsupported)$/ });
    }
  }
});

test('an MP3 file that ends too soon is damaged, if its encoder wrote how long it is', async () => {
  const bytes = readFileSync(new URL('mpeg1.mp3', folder));
  await assert.rejects(decode(bytes.subarray(0, bytes.length / 2)), {
    code: 'file_damaged',
    message: /of its 5000 samples/,
  });
});

test('other bytes in a FLAC or Ogg file are noticed', async () => {
  const random = randomNumbers(5);
  for (const name of ['stereo.flac', 'vorbis.ogg', 'opus8k.opus']) {
    const original = readFileSync(new URL(name, folder));
    for (let round = 0; round < 20; round++) {
      const bytes = Buffer.from(original);
      // Behind FLAC's header, whose padding nobody checks.
      const at = Math.floor((0.75 + random() / 4) * (bytes.length - 1));
      bytes[at] ^= 1 << Math.floor(random() * 8);
      await assert.rejects(decode(bytes), { code: 'file_damaged' });
    }
  }
});

test('what is no sound file is refused', async () => {
  for (const text of [
    'RIFF',
    'RIFF0000AVI ',
    'fLaC',
    'ID3',
    'OggS',
    'FORM0000ILBM',
    'hello',
    '\xff\xfb\x00\x00',
  ]) {
    const code = /^file_(unsupported|damaged)$/;
    await assert.rejects(decode(Buffer.from(text, 'latin1')), { code }, text);
  }
  await assert.rejects(decode(Buffer.alloc(0)), { code: 'file_unsupported', message: /empty/ });
  await assert.rejects(readAudioFile(fileURLToPath(import.meta.url)), { code: 'file_unsupported' });
});

test('ID3 tags in front of any format are skipped, and zeros behind them', async () => {
  const tag = Buffer.from([...Buffer.from('ID3'), 4, 0, 0, 0, 0, 1, 2, ...new Uint8Array(130)]);
  for (const name of ['stereo.flac', 'mpeg2.mp3', 's16.aiff']) {
    const bytes = readFileSync(new URL(name, folder));
    assert.deepEqual(await decode(Buffer.concat([tag, Buffer.alloc(5000), tag, bytes])), await decode(bytes));
  }
});

test('a sound whose rate or channels change on the way is refused', async () => {
  const [stereo, mono] = ['mpeg1.mp3', 'mpeg2.mp3'].map((name) => readFileSync(new URL(name, folder)));
  await assert.rejects(decode(Buffer.concat([stereo, mono])), {
    code: 'file_unsupported',
    message: /changes/,
  });
});

test('paths that cannot be read say why', async () => {
  await assert.rejects(readAudioFile('x'.repeat(5000)), {
    code: 'file_unreadable',
    message: /could not be read/,
  });
});

test('a second sound behind the first one in an Ogg file is not passed over in silence', async () => {
  const bytes = readFileSync(new URL('opus8k.opus', folder));
  const code = 'file_unsupported';
  await assert.rejects(decode(Buffer.concat([bytes, bytes])), { code, message: /another stream follows/ });
  assert.deepEqual(await decode(Buffer.concat([bytes, Buffer.from('TAG')])), await decode(bytes));
});
