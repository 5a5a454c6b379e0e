import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicateSounds } from 'edgel3/analysis';
import { randomNumbers } from '../support/random_numbers.js';

/** Windows of a kind: a common direction, and what changes from window to window. @param {number} seed */
function recording(seed, count = 30) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: 16 }, (_, i) => 1 + (i % 3) + 0.3 * random()),
  );
}

/** @param {Float32Array[]} rows @param {number} amount */
function disturbed(rows, amount) {
  const random = randomNumbers(1000);
  return rows.map((row) => row.map((value) => 2 * value + amount * (random() - 0.5)));
}

test('the same recording is found again, whole, trimmed and disturbed; others of its kind are not the same', () => {
  const [a, b, c] = [1, 2, 3].map((seed) => recording(seed));
  const sounds = [a, b, a.slice(7, 19), c, disturbed(b, 0.2), disturbed(a.slice(20), 0.2)];
  assert.deepEqual(duplicateSounds(sounds), [
    [0, 2, 5],
    [1, 4],
  ]);
  assert.deepEqual(duplicateSounds([c, c, a]), [[0, 1]]);
  assert.deepEqual(duplicateSounds([]), []);
  assert.deepEqual(duplicateSounds([a]), []);
});

test('what is not alike at all is not the same, however it changes', () => {
  const a = recording(4);
  const other = a.map((row) => row.map((value, i) => value + (i < 4 ? 30 : 0)));
  assert.deepEqual(duplicateSounds([a, other]), []);
});

test('sounds of one window, and what makes no sense', () => {
  assert.deepEqual(duplicateSounds([[[1, 2]], [[2, 4]], [[2, 1]]]), [[0, 1]]);
  assert.throws(() => duplicateSounds([[[1, Number.NaN]]]), {
    name: 'EdgeL3Error',
    code: 'embedding_invalid',
  });
  for (const threshold of [0, 1.5, '1', Number.NaN]) {
    assert.throws(() => duplicateSounds([], { threshold: /** @type {any} */ (threshold) }), {
      code: 'option_invalid',
    });
  }
});
