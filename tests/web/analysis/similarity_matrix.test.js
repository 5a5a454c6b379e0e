import assert from 'node:assert/strict';
import { test } from 'node:test';
import { similarityMatrix } from '../../../web/analysis/similarity_matrix.js';

test('every window is like itself, and like those in its direction', () => {
  const { side, levels } = similarityMatrix(
    [
      [1, 0],
      [0, 2],
      [3, 0],
    ].map((row) => Float32Array.from(row)),
  );
  assert.equal(side, 3);
  assert.deepEqual(Array.from(levels), [1, 0, 1, 0, 1, 0, 1, 0, 1]);
});

test('one window, and windows that are all alike', () => {
  assert.deepEqual(similarityMatrix([Float32Array.of(1)]).levels.length, 1);
  for (const level of similarityMatrix(Array(4).fill(Float32Array.of(1, 1))).levels) {
    assert.ok(Number.isFinite(level));
  }
});

test('of a long sound some windows are left out', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => Float32Array.of(Math.cos(index), Math.sin(index)));
  assert.equal(similarityMatrix(rows).side, 400);
});
