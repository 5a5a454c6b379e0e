import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify } from '../../../web/analysis/nearest_neighbours.js';

/** @param {number} angle */
const at = (angle) => Float32Array.of(Math.cos(angle), Math.sin(angle));
const classOf = (/** @type {string} */ name, /** @type {number[]} */ ...angles) => ({
  name,
  recordings: [{ vectors: angles.map(at) }],
});

test('the nearest examples vote', () => {
  const classes = [
    classOf('a', 0, 0.1, 0.2, 0.3, 0.4),
    classOf('b', 1, 1.1, 1.2, 1.3, 1.4),
    { name: 'empty', recordings: [] },
  ];
  const shares = classify(classes, at(0.15));
  assert.deepEqual(shares, [5 / 7, 2 / 7, 0]);
  assert.deepEqual(classify(classes, at(1.5)), [2 / 7, 5 / 7, 0]);
});

test('without examples nobody votes', () => {
  assert.deepEqual(classify([{ name: 'empty', recordings: [] }], at(1)), [0]);
});
