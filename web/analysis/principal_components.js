import { mean } from './pooling.js';
import { toRows } from './rows.js';
import { dot } from './vectors.js';

/** @import { Embeddings, Vector } from './rows.js' */

/** Enough for directions that differ by a few percent in variance. */
const ITERATIONS = 100;

/**
 * The two coordinates in which embeddings differ most (principal component analysis, by orthogonal iteration). The same
 * embeddings always give the same map.
 *
 * @param {Embeddings} embeddings T of them
 * @returns {[number, number][]} T points
 * @throws {import('../common/errors.js').EdgeL3Error} embedding_invalid
 */
export function principalComponents(embeddings) {
  const rows = toRows(embeddings);
  const means = mean(rows);
  const centred = rows.map((row) => Float64Array.from(row, (value, i) => value - means[i]));
  const covariance = covarianceOf(centred);
  const first = dominant(covariance, []);
  const second = dominant(covariance, [first]);
  return centred.map((vector) => [dot(vector, first), dot(vector, second)]);
}

/**
 * @param {Float64Array[]} vectors of mean 0
 * @returns {Float64Array[]} rows, but for a common factor
 */
export function covarianceOf(vectors) {
  const { length } = vectors[0];
  const rows = Array.from({ length }, () => new Float64Array(length));
  for (const vector of vectors) {
    for (let i = 0; i < length; i++) {
      const value = vector[i];
      if (value === 0) continue;
      const row = rows[i];
      for (let j = 0; j < length; j++) row[j] += value * vector[j];
    }
  }
  return rows;
}

/**
 * @param {Float64Array[]} matrix symmetric
 * @param {Float64Array[]} others directions to which the result is at right angles
 * @returns {Float64Array} the direction that the matrix stretches most, of length 1, or zeros if it stretches none
 */
function dominant(matrix, others) {
  // Any direction will do that is not by chance at right angles to the result.
  let direction = Float64Array.from(matrix, (_, i) => Math.sin(i + 1));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = Float64Array.from(matrix, (row) => dot(row, direction));
    for (const other of others) {
      const fraction = dot(next, other);
      for (let i = 0; i < next.length; i++) next[i] -= fraction * other[i];
    }
    const size = Math.sqrt(dot(next, next));
    direction = next.map((value) => (size < Number.EPSILON ? 0 : value / size));
  }
  return direction;
}
