/** Enough for directions that differ by a few percent in variance. */
const ITERATIONS = 100;

/**
 * The two coordinates in which vectors differ most (principal component analysis, by orthogonal iteration). The same
 * vectors always give the same map.
 *
 * @param {Float32Array[]} vectors at least one, all of one length
 * @returns {[number, number][]} for each vector
 */
export function principalComponents(vectors) {
  const { length } = vectors[0];
  const mean = new Float64Array(length);
  for (const vector of vectors) for (let i = 0; i < length; i++) mean[i] += vector[i] / vectors.length;
  const centred = vectors.map((vector) => Float64Array.from(vector, (value, i) => value - mean[i]));
  const covariance = covarianceOf(centred, length);
  const first = dominant(covariance, []);
  const second = dominant(covariance, [first]);
  return centred.map((vector) => [dot(vector, first), dot(vector, second)]);
}

/**
 * @param {Float64Array[]} vectors
 * @param {number} length
 * @returns {Float64Array[]} rows, but for a common factor
 */
function covarianceOf(vectors, length) {
  const rows = Array.from({ length }, () => new Float64Array(length));
  for (const vector of vectors) {
    for (let i = 0; i < length; i++) {
      if (vector[i] === 0) continue;
      for (let j = 0; j < length; j++) rows[i][j] += vector[i] * vector[j];
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
      const share = dot(next, other);
      for (let i = 0; i < next.length; i++) next[i] -= share * other[i];
    }
    const size = Math.sqrt(dot(next, next));
    direction = next.map((value) => (size < Number.EPSILON ? 0 : value / size));
  }
  return direction;
}

/** @param {Float64Array} a @param {Float64Array} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
