import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Novelty } from '../../../web/analysis/novelty.js';

const [a, b] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];

test('what stays the same is not new, what changes is, until it is known', () => {
  const novelty = new Novelty(0.1);
  for (let count = 0; count < 30; count++) assert.equal(novelty.next(a), 0);
  const values = Array.from({ length: 100 }, () => novelty.next(b));
  assert.equal(values[0], 1);
  for (const [index, value] of values.entries()) assert.ok(index === 0 || value < values[index - 1]);
  assert.ok(values[99] < 0.01);
});

test('the memory is one of seconds, not of windows', () => {
  const valueAfter = (/** @type {number} */ hopSize) => {
    const novelty = new Novelty(hopSize);
    novelty.next(a);
    let value = 0;
    for (let time = 0; time < 1.999; time += hopSize) value = novelty.next(b);
    return value;
  };
  assert.ok(Math.abs(valueAfter(0.1) - valueAfter(0.05)) < 0.05);
});
