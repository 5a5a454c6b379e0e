import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { parse } from 'npyjs';
import { FORMATS } from '../../../../web/demo/files/export.js';

/** @type {import('edgel3').EmbeddingResult} */
const result = {
  embedding: Float32Array.of(1, 2, 3, 4, 5.5, -6),
  shape: [3, 2],
  timestamps: Float64Array.of(0, 0.1, 0.2),
};

test('.npz', () => {
  const files = unzipSync(/** @type {Uint8Array} */ (FORMATS.npz(result)));
  const read = (/** @type {string} */ name) => parse(files[name].slice().buffer);
  assert.deepEqual(read('embedding.npy').shape, [3, 2]);
  assert.deepEqual(read('embedding.npy').data, result.embedding);
  assert.deepEqual(read('timestamps.npy').data, result.timestamps);
});

test('.csv', () => {
  assert.equal(FORMATS.csv(result), 'timestamp,e0,e1\n0,1,2\n0.1,3,4\n0.2,5.5,-6\n');
});

test('.json', () => {
  assert.deepEqual(JSON.parse(/** @type {string} */ (FORMATS.json(result))), {
    timestamps: [0, 0.1, 0.2],
    embedding: [
      [1, 2],
      [3, 4],
      [5.5, -6],
    ],
  });
});
