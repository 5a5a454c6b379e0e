import { exp, log } from './elementary.js';
import { minimise } from './minimise.js';

/** @import { Example } from './classifier.js' */

/** Half of it, times the squared weights of features with variance 1, is added to the mean cross entropy. */
const REGULARISATION = 0.01;

/** Of which there is a logarithm. */
const LEAST_PROBABILITY = 2 ** -1022;

/**
 * Trains a linear classifier: multinomial logistic regression with an L2 penalty, to convergence. Features are
 * standardised, and every recording counts the same, however long it is. Nothing in it is random, and all engines compute the same bits.
 *
 * @param {Example[][]} classes the recordings of each, with windows of D numbers
 * @returns {Float64Array} for each class D weights and a bias behind them, for windows as they are
 */
export function trainLogisticRegression(classes) {
  const rows = classes.flatMap((recordings, label) =>
    recordings.flatMap(({ windows }) =>
      windows.map((window) => ({ window, label, weight: 1 / windows.length })),
    ),
  );
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (const row of rows) row.weight /= total;
  const { means, factors } = momentsOf(rows);
  const dimension = means.length;
  const stride = dimension + 1;
  const features = rows.map(({ window }) =>
    Float64Array.from(window, (value, i) => (value - means[i]) * factors[i]),
  );
  const parameters = minimise((point, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (const [n, { label, weight }] of rows.entries()) {
      const probabilities = softmax(scoresOf(point, features[n], classes.length));
      loss -= weight * log(Math.max(probabilities[label], LEAST_PROBABILITY));
      for (let k = 0; k < classes.length; k++) {
        const error = weight * (probabilities[k] - (k === label ? 1 : 0));
        const at = k * stride;
        for (let i = 0; i < dimension; i++) gradient[at + i] += error * features[n][i];
        gradient[at + dimension] += error;
      }
    }
    for (let at = 0; at < point.length; at++) {
      if (at % stride === dimension) continue;
      loss += 0.5 * REGULARISATION * point[at] ** 2;
      gradient[at] += REGULARISATION * point[at];
    }
    return loss;
  }, classes.length * stride);
  for (let at = 0; at < parameters.length; at += stride) {
    for (let i = 0; i < dimension; i++) {
      parameters[at + i] *= factors[i];
      parameters[at + dimension] -= parameters[at + i] * means[i];
    }
  }
  return parameters;
}

/**
 * @param {Float64Array} parameters what trainLogisticRegression gives
 * @param {number} count of classes
 * @returns {(window: ArrayLike<number>) => Float64Array} from a window to the confidences of the classes, whose sum is 1
 */
export function logisticRegression(parameters, count) {
  return (window) => softmax(scoresOf(parameters, window, count));
}

/**
 * @param {Float64Array} parameters
 * @param {ArrayLike<number>} features
 * @param {number} count of classes
 */
function scoresOf(parameters, features, count) {
  const scores = new Float64Array(count);
  const stride = parameters.length / count;
  for (let k = 0; k < count; k++) {
    const at = k * stride;
    let score = parameters[at + stride - 1];
    for (let i = 0; i < stride - 1; i++) score += parameters[at + i] * features[i];
    scores[k] = score;
  }
  return scores;
}

/** @param {Float64Array} scores changed in place */
function softmax(scores) {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < scores.length; k++) most = Math.max(most, scores[k]);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) {
    scores[k] = exp(scores[k] - most);
    sum += scores[k];
  }
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
  return scores;
}

/** @param {{ window: Float32Array, weight: number }[]} rows */
function momentsOf(rows) {
  const means = new Float64Array(rows[0].window.length);
  const variances = new Float64Array(means.length);
  for (const { window, weight } of rows) {
    for (let i = 0; i < means.length; i++) means[i] += weight * window[i];
  }
  for (const { window, weight } of rows) {
    for (let i = 0; i < means.length; i++) variances[i] += weight * (window[i] - means[i]) ** 2;
  }
  // A feature that never changes says nothing; what is left of it is rounding.
  const factors = variances.map((variance) => (variance > 1e-14 ? 1 / Math.sqrt(variance) : 0));
  return { means, factors };
}
