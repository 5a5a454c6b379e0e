import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { encodeEmbeddings, getEmbedding } from 'edgel3';
import { processFile, readAudioFile } from 'edgel3/node';
import { withoutMetadata } from '../support/metadata.js';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'sound.wav');
const samples = Array.from(sound(20_000, 8000), (sample) => Math.round(sample * 32768));
writeFileSync(path, wavFile({ data: int16(samples) }));
const { channels, sampleRate } = await readAudioFile(path);

for (const format of /** @type {const} */ (['npz', 'npy', 'csv', 'json', 'jsonl'])) {
  for (const hopSize of [0.1, 0.37, 5]) {
    test(`${format} at hop ${hopSize}: the bytes are those of processFile, which also says how it made them`, async () => {
      const result = await getEmbedding(channels, sampleRate, { hopSize });
      const { outputPath } = await processFile(path, { format, hopSize });
      const written = await encodeEmbeddings(result, format);
      assert.equal(Buffer.from(written).toString('latin1'), withoutMetadata(readFileSync(outputPath)));
    });
  }
}

test('more than the memory that is there at first', async () => {
  const [count, dimension] = [1000, 64];
  const embedding = Float32Array.from({ length: count * dimension }, (_, index) => index / 7);
  const timestamps = Float64Array.from({ length: count }, (_, index) => index * 0.5);
  const npy = await encodeEmbeddings({ embedding, shape: [count, dimension], timestamps }, 'npy');
  assert.deepEqual(new Float32Array(npy.slice(128).buffer), embedding);
});

for (const dimension of [64, 512, 6144]) {
  test(`the event loop has its turn, also with embeddings of ${dimension} numbers`, async (t) => {
    const count = Math.ceil(100_000 / dimension);
    const own = globalThis.setImmediate;
    t.after(() => Object.assign(globalThis, { setImmediate: own }));
    let turns = 0;
    const counting = (/** @type {() => void} */ f) => {
      turns++;
      return own(f);
    };
    Object.assign(globalThis, { setImmediate: counting });
    const embedding = new Float32Array(count * dimension);
    await encodeEmbeddings({ embedding, shape: [count, dimension], timestamps: new Float64Array(count) });
    assert.ok(turns >= 8, String(turns));
  });
}

test('an unknown format, and numbers that do not fit their shape, are refused', async () => {
  const result = { embedding: new Float32Array(4), timestamps: new Float64Array(2) };
  const refused = { code: 'option_invalid' };
  await assert.rejects(encodeEmbeddings({ ...result, shape: [2, 2] }, /** @type {any} */ ('xml')), refused);
  await assert.rejects(encodeEmbeddings({ ...result, shape: [2, 3] }), refused);
});
