import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logisticRegression, trainLogisticRegression } from '../../../web/analysis/logistic_regression.js';
import { randomNumbers } from '../support/random_numbers.js';
import { matrix } from './matrices.js';

const DIMENSION = 5;
const centres = matrix(7, 3, DIMENSION, 2, -1);
const random = randomNumbers(11);
const classes = centres.map((centre) =>
  [1, 2, 3, 4].map((count) => ({
    windows: Array.from({ length: count }, () =>
      Float32Array.from(centre, (value) => value + random() * 2 - 1),
    ),
  })),
);

test('it converges to the minimum that scipy finds', () => {
  // By scipy 1.10.1's minimize (BFGS, gtol 1e-11) of the same cross entropy and penalty.
  const truth = [0.4272447780466328, 0.05156204428822381, 0.5211931776651434];
  const confidences = logisticRegression(trainLogisticRegression(classes), 3)([0.3, -0.2, 0.5, 0.1, -0.4]);
  for (const [k, confidence] of confidences.entries()) assert.ok(Math.abs(confidence - truth[k]) < 1e-6);
});

test('nothing in it is random', () => {
  assert.deepEqual(trainLogisticRegression(classes), trainLogisticRegression(classes));
});

test('a number that never changes, and windows that are all the same, say nothing', () => {
  const constant = [0, 1].map((value) => [{ windows: [Float32Array.of(value, 7)] }]);
  const [first, second] = logisticRegression(trainLogisticRegression(constant), 2)([0, 9]);
  assert.ok(first > 0.9 && Math.abs(first + second - 1) < 1e-12);
  const same = [[{ windows: [Float32Array.of(1, 1)] }], [{ windows: [Float32Array.of(1, 1)] }]];
  assert.deepEqual([...logisticRegression(trainLogisticRegression(same), 2)([5, 5])], [0.5, 0.5]);
});
