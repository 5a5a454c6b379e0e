import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cosines, summarise } from '../../../models/evaluate/agreement.js';

test('each row is compared with its own; length does not count', () => {
  const own = Float32Array.of(1, 0, 1, 1, 3, 4);
  const teacher = Float32Array.of(5, 0, 0, 2, 4, -3);
  const [same, half, right] = cosines(own, teacher, 2);
  assert.equal(same, 1);
  assert.ok(Math.abs(half - Math.SQRT1_2) < 1e-12);
  assert.ok(Math.abs(right) < 1e-12);
});

test('a row of zeros is like another one, and unlike everything else', () => {
  assert.deepEqual([...cosines(Float32Array.of(0, 0, 0, 0), Float32Array.of(0, 0, 1, 2), 2)], [1, 0]);
});

test('mean, 5th percentile and least do not depend on the order', () => {
  const values = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) / 100);
  const { windows, mean, fifthPercentile, least } = summarise(values);
  assert.equal(windows, 100);
  assert.ok(Math.abs(mean - 0.495) < 1e-12);
  assert.equal(fifthPercentile, 0.05);
  assert.equal(least, 0);
});
