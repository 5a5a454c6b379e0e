import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadEmbeddingModel, processFile } from 'edgel3/node';
import { unzipSync } from 'fflate';
import npyjs from 'npyjs';
import { OutputFile } from '../../../web/files/output_file.js';
import { NpzWriter } from '../../../web/outputs/npz_writer.js';
import { syntheticNetwork, toModelFile } from '../../benchmarks/synthetic_model.js';
import { wavFile } from '../support/wav_file.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** Bytes in JavaScript's heap and in arrays outside it. */
function usedMemory() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('a file of an hour takes no more memory than one of a minute', { timeout: 600_000 }, async () => {
  // Hardly any weights: what is tested is the way through, not the network.
  const zeros = [99, 99.9, 99.9, 99.9, 99.9, 99.9, 99.9, 99.9];
  const network = syntheticNetwork({ modelType: 'sea', embeddingDimension: 64, zeros });
  const model = await loadEmbeddingModel({ source: toModelFile(network) });
  const path = join(folder, 'hour.wav');
  const dataBytes = 3600 * 8000 * 2;
  const header = Buffer.from(wavFile({ data: new Uint8Array(0) }));
  header.writeUInt32LE(36 + dataBytes, 4);
  header.writeUInt32LE(dataBytes, 40);
  const file = openSync(path, 'w');
  writeSync(file, header);
  ftruncateSync(file, 44 + dataBytes);
  closeSync(file);

  /** @type {number[]} */
  const used = [];
  const options = { model, hopSize: 1, onWarning: () => {}, onProgress: () => used.push(usedMemory()) };
  const { shape } = await processFile(path, options);
  assert.deepEqual(shape, [3601, 64]);
  const growth = Math.max(...used) - Math.max(...used.slice(0, 60));
  // The samples of the hour are 58 MB in the file, and 115 MB more as floats; what is garbage already counts as well.
  assert.ok(growth < 60e6, `${growth} bytes more after the first minute`);
  model.close();
});

test('36,000 embeddings are written without being held', async () => {
  const path = join(folder, 'rows.npz');
  const output = await OutputFile.create(path);
  const writer = new NpzWriter(output, { dimension: 512, hopSize: 0.1 });
  collectGarbage();
  const before = usedMemory();
  let most = 0;
  for (let index = 0; index < 36_000; index++) {
    await writer.write(new Float32Array(512).fill(index));
    if (index % 3000 !== 2999) continue;
    // How much garbage there may be before it is collected is the habit of a version: 31 MB in Node 24. The memory of
    // arrays is given back by another thread a moment after a collection: what the second one finds is in use.
    collectGarbage();
    await setTimeout(20);
    collectGarbage();
    most = Math.max(most, usedMemory());
  }
  await writer.end();
  await output.finish();
  // They are 74 MB; what is on its way to the file is less than a third of that, on slow disks too.
  assert.ok(most - before < 25e6, `${most - before} bytes`);
  const { 'embedding.npy': embedding, 'timestamps.npy': timestamps } = unzipSync(readFileSync(path));
  const npy = new npyjs();
  const rows = npy.parse(embedding.slice().buffer);
  assert.deepEqual(rows.shape, [36_000, 512]);
  assert.deepEqual(Array.from(/** @type {Float32Array} */ (rows.data).subarray(-1)), [35_999]);
  const times = /** @type {Float64Array} */ (npy.parse(timestamps.slice().buffer).data);
  assert.equal(times[35_999], 35_999 * 0.1);
});
