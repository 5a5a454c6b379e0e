import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selfSimilarity } from 'edgel3/analysis';

test('every window is like itself, and like those in its direction', () => {
  const { side, similarities } = selfSimilarity([
    [1, 0],
    [0, 2],
    [3, 0],
  ]);
  assert.equal(side, 3);
  assert.deepEqual(Array.from(similarities), [1, 0, 1, 0, 1, 0, 1, 0, 1]);
});

test('of a long sound some windows are left out', () => {
  const rows = Array.from({ length: 1200 }, (_, index) => Float32Array.of(Math.cos(index), Math.sin(index)));
  assert.equal(selfSimilarity(rows).side, 1000);
  const { side, similarities } = selfSimilarity(rows, { maxSide: 3 });
  assert.equal(side, 3);
  assert.ok(Math.abs(similarities[1] - Math.cos(400)) < 1e-6);
});

test('what is no embedding, and no side, is refused', () => {
  assert.throws(() => selfSimilarity([]), { code: 'embedding_invalid' });
  assert.throws(() => selfSimilarity([[1]], { maxSide: 0 }), { code: 'option_invalid' });
});
