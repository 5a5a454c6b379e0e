import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exp, log } from '../../../web/analysis/elementary.js';
import { randomNumbers } from '../support/random_numbers.js';

/** The distance between two numbers, in units of the last place. @param {number} a @param {number} b */
const apart = (a, b) => Math.abs(a / b - 1) / Number.EPSILON;

test('as near to the exact value as those of Math, which may be one unit off themselves', () => {
  const random = randomNumbers(1);
  for (let k = 0; k < 100_000; k++) {
    const x = 1408 * random() - 708;
    assert.ok(apart(exp(x), Math.exp(x)) <= 2, `exp(${x})`);
    const y = k % 2 === 0 ? Math.exp(1400 * random() - 700) : 0.5 + random();
    assert.ok(apart(log(y), Math.log(y)) <= 3, `log(${y})`);
  }
});

test('where the answer is exact, and where there is none', () => {
  assert.deepEqual([exp(0), exp(-0), log(1), exp(-800), exp(Number.NEGATIVE_INFINITY)], [1, 1, 0, 0, 0]);
  assert.equal(exp(Number.NaN), Number.NaN);
  assert.ok(log(2 ** -1022) < -708 && log(Number.MAX_VALUE) > 709);
});
