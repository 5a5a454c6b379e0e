import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MinMaxScaler } from '../../../../web/demo/charts/min_max_scaler.js';

test('each number goes from 0 to 1 between its least and its greatest', () => {
  const scaler = new MinMaxScaler(3);
  scaler.widen(Float32Array.of(1, -2, 5));
  assert.deepEqual(scaler.scale(Float32Array.of(1, -2, 5)), Float32Array.of(0, 0, 0));
  scaler.widen(Float32Array.of(3, 2, 5));
  assert.deepEqual(scaler.scale(Float32Array.of(1, 2, 5)), Float32Array.of(0, 1, 0));
  assert.deepEqual(scaler.scale(Float32Array.of(2, 0, 5)), Float32Array.of(0.5, 0.5, 0));
});
