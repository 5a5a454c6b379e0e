import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frechetDistance } from 'edgel3/analysis';
import { matrix } from './matrices.js';

/** By scipy 1.10.1: |a - b|² + trace(A + B - 2 sqrtm(A B)) with numpy.cov. */
const TRUTHS = [
  { a: matrix(1, 200, 8), b: matrix(2, 150, 8, 1.5, 0.25), distance: 2.3503797078338104 },
  { a: matrix(3, 300, 64, 20), b: matrix(4, 400, 64, 25, -1), distance: 549.1714005377155 },
];

test("the distance is scipy's, in both directions", async () => {
  for (const { a, b, distance } of TRUTHS) {
    for (const result of [await frechetDistance(a, b), await frechetDistance(b, a)]) {
      assert.ok(Math.abs(result / distance - 1) < 1e-9, `${result} instead of ${distance}`);
    }
  }
});

test('equal sets have no distance, even where their covariance is singular', async () => {
  const sets = [...TRUTHS.flatMap(({ a, b }) => [a, b]), matrix(5, 10, 64, 40), matrix(6, 2, 512, 30)];
  for (const set of sets) assert.ok((await frechetDistance(set, set.slice().reverse())) < 1e-9);
  const same = Array(5).fill(Float32Array.of(1, 2, 3));
  assert.equal(await frechetDistance(same, same), 0);
});

test('only what was moved is as far as it was moved', async () => {
  const [{ a }] = TRUTHS;
  const moved = a.map((row) => row.map((value, i) => value + (i === 2 ? 3 : 0)));
  assert.ok(Math.abs((await frechetDistance(a, moved)) - 9) < 1e-9);
});

test('results of getEmbedding are taken as they are', async () => {
  const result = {
    embedding: Float32Array.of(1, 2, 3, 4, 5, 7),
    shape: /** @type {[number, number]} */ ([3, 2]),
  };
  const rows = [
    [1, 2],
    [3, 4],
    [5, 7],
  ];
  assert.ok((await frechetDistance(result, rows)) < 1e-9);
});

test('what has no covariance, or comes from another network, is refused', async () => {
  const [{ a }] = TRUTHS;
  await assert.rejects(frechetDistance([a[0]], a), { name: 'EdgeL3Error', code: 'embedding_invalid' });
  await assert.rejects(frechetDistance([], a), { code: 'embedding_invalid' });
  await assert.rejects(frechetDistance(a, matrix(1, 20, 7)), { code: 'model_mismatch' });
  await assert.rejects(frechetDistance(a, [...a, Array(8).fill(Number.NaN)]), { code: 'embedding_invalid' });
});
