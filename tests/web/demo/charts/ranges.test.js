import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ranges } from '../../../../web/demo/charts/ranges.js';

test('each number goes from 0 to 1 between its least and its greatest', () => {
  const ranges = new Ranges(3);
  ranges.widen(Float32Array.of(1, -2, 5));
  assert.deepEqual(ranges.scale(Float32Array.of(1, -2, 5)), Float32Array.of(0, 0, 0));
  ranges.widen(Float32Array.of(3, 2, 5));
  assert.deepEqual(ranges.scale(Float32Array.of(1, 2, 5)), Float32Array.of(0, 1, 0));
  assert.deepEqual(ranges.scale(Float32Array.of(2, 0, 5)), Float32Array.of(0.5, 0.5, 0));
});
