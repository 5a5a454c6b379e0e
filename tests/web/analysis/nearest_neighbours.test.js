import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestNeighbours } from '../../../web/analysis/nearest_neighbours.js';

const at = (/** @type {number} */ angle) => Float32Array.of(Math.cos(angle), Math.sin(angle));
const recordings = (/** @type {number[]} */ ...angles) => [{ windows: angles.map(at) }];

test('the class of the nearest examples is the most confident, and the sum is 1', () => {
  const confidencesOf = nearestNeighbours([recordings(0, 0.1, 0.2), recordings(1, 1.1, 1.2)]);
  for (const [angle, nearest] of [
    [0.15, 0],
    [0.4, 0],
    [0.8, 1],
    [1.5, 1],
  ]) {
    const confidences = confidencesOf(at(angle));
    assert.ok(confidences[nearest] > 0.5, `${angle}: ${confidences}`);
    assert.ok(Math.abs(confidences[0] + confidences[1] - 1) < 1e-12);
  }
});

test('one example is enough, however many the other class has', () => {
  const confidencesOf = nearestNeighbours([recordings(0), recordings(...Array(50).fill(1))]);
  assert.ok(confidencesOf(at(0.05))[0] > 0.99);
  assert.ok(confidencesOf(at(0))[0] > 0.999);
});

test('what is far from all is sure of none', () => {
  const [first, second] = nearestNeighbours([recordings(0), recordings(0.3)])(at(1.8));
  assert.ok(Math.abs(first - second) < 0.3);
});
