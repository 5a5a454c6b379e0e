import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxAbsoluteError, relativeError, worstCosineDistance } from './compare.js';

test('the largest absolute error, of all elements or of those that count', () => {
  assert.equal(maxAbsoluteError([1, -2, 5], [1, -3, 3]), 2);
  assert.equal(
    maxAbsoluteError([1, -2, 5], [1, -3, 3], (truth) => truth < 0),
    1,
  );
});

test('the relative error refers to the largest true magnitude', () => {
  assert.equal(relativeError([1, -3.5, 0], [1, -4, 0]), 0.125);
  assert.equal(relativeError([0, 0], [0, 0]), 0);
});

test('the cosine distance is that of the worst row, whatever its length', () => {
  const distance = worstCosineDistance([3, 0, 1, 1], [1, 0, 0, 5], 2);
  assert.ok(Math.abs(distance - (1 - Math.SQRT1_2)) < 1e-15);
});

test('the cosine distance resolves what 1 - cos cannot', () => {
  const distance = worstCosineDistance([1, 1e-12], [1, 0], 2);
  assert.ok(Math.abs(distance / 5e-25 - 1) < 1e-9);
});

test('NaN never becomes a small distance', () => {
  assert.ok(Number.isNaN(maxAbsoluteError([Number.NaN], [0])));
  assert.ok(Number.isNaN(relativeError([Number.NaN], [1])));
  assert.ok(Number.isNaN(worstCosineDistance([Number.NaN, 1], [1, 1], 2)));
});

test('a missing element is not zero', () => {
  assert.ok(Number.isNaN(maxAbsoluteError([1], [1, 0])));
});
