import assert from 'node:assert/strict';
import { test } from 'node:test';
import { principalComponents } from 'edgel3/analysis';
import { randomNumbers } from '../support/random_numbers.js';

test('the axes are those of the greatest spread', () => {
  const random = randomNumbers(3);
  const latent = Array.from({ length: 200 }, () => [10 * (random() - 0.5), 3 * (random() - 0.5)]);
  // Two directions at right angles in five dimensions, and a constant.
  const [u, v] = [
    [0.6, 0, 0.8, 0, 0],
    [0, 1, 0, 0, 0],
  ];
  const vectors = latent.map(([a, b]) => Float32Array.from(u, (_, i) => a * u[i] + b * v[i] + 7));
  const coordinates = principalComponents(vectors);
  const mean = [0, 1].map((axis) => latent.reduce((sum, point) => sum + point[axis], 0) / latent.length);
  for (const axis of /** @type {const} */ ([0, 1])) {
    const sign = Math.sign(coordinates[0][axis] * (latent[0][axis] - mean[axis]));
    for (const [index, point] of coordinates.entries()) {
      assert.ok(Math.abs(sign * point[axis] - (latent[index][axis] - mean[axis])) < 0.3);
    }
  }
});

test('vectors that are all the same are one point', () => {
  const same = [Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3)];
  for (const point of principalComponents(same)) assert.deepEqual(point.map(Math.abs), [0, 0]);
});
