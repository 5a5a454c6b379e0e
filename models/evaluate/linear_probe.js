/** @typedef {{ vector: ArrayLike<number>, label: string }} Example */

/** Weight of the squared coefficients, for each training example, with features of variance 1. */
const REGULARISATION = 1e-3;

/**
 * How well a linear classifier on embeddings does: least squares towards one number for each label, the largest wins.
 * Nothing in it is random.
 *
 * @param {Example[]} training
 * @param {Example[]} tests
 * @returns {number} the share of tests that get their label
 */
export function probe(training, tests) {
  const labels = [...new Set(training.map(({ label }) => label))].sort();
  const standardise = standardiser(training.map(({ vector }) => vector));
  const rows = training.map(({ vector }) => standardise(vector));
  const targets = training.map(({ label }) => labels.map((other) => (other === label ? 1 : 0)));
  const coefficients = leastSquares(rows, targets);
  const right = tests.filter(({ vector, label }) => {
    const row = standardise(vector);
    const scores = labels.map((_, k) => row.reduce((sum, value, i) => sum + value * coefficients[i][k], 0));
    return labels[scores.indexOf(Math.max(...scores))] === label;
  });
  return right.length / tests.length;
}

/**
 * @param {ArrayLike<number>[]} vectors
 * @returns {(vector: ArrayLike<number>) => number[]} features of mean 0 and variance 1 over `vectors`, and a constant 1
 */
function standardiser(vectors) {
  const moments = Array.from(vectors[0], (_, i) => {
    const mean = vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length;
    const variance = vectors.reduce((sum, vector) => sum + (vector[i] - mean) ** 2, 0) / vectors.length;
    // A feature that never changes says nothing.
    return { mean, factor: variance > 0 ? 1 / Math.sqrt(variance) : 0 };
  });
  return (vector) => [...moments.map(({ mean, factor }, i) => (vector[i] - mean) * factor), 1];
}

/**
 * @param {number[][]} rows
 * @param {number[][]} targets
 * @returns {number[][]} coefficients [feature][target]
 */
function leastSquares(rows, targets) {
  const size = rows[0].length;
  const products = (/** @type {number} */ i, /** @type {number[][]} */ others, /** @type {number} */ j) =>
    rows.reduce((sum, row, n) => sum + row[i] * others[n][j], 0);
  const system = Array.from({ length: size }, (_, i) => [
    ...Array.from(
      { length: size },
      (_, j) => products(i, rows, j) + (i === j ? REGULARISATION * rows.length : 0),
    ),
    ...targets[0].map((_, k) => products(i, targets, k)),
  ]);
  return solve(system);
}

/**
 * Gauss-Jordan elimination. The matrix is positive definite, so no pivot is zero and none needs to be looked for.
 *
 * @param {number[][]} system rows of the matrix, each with its right-hand sides behind
 * @returns {number[][]} the solutions, one row for each unknown
 */
function solve(system) {
  const size = system.length;
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = system[pivot][pivot];
    system[pivot] = system[pivot].map((value) => value / scale);
    system.forEach((row, i) => {
      const factor = row[pivot];
      if (i !== pivot) system[i] = row.map((value, j) => value - factor * system[pivot][j]);
    });
  }
  return system.map((row) => row.slice(size));
}
