import { EdgeL3Error } from '../common/errors.js';
import { mean } from './pooling.js';
import { covarianceOf } from './principal_components.js';
import { toRows } from './rows.js';

/** @import { Embeddings, Vector } from './rows.js' */

/**
 * How far two collections of embeddings are apart: the Fréchet distance of the normal distributions with their means and
 * covariances (of samples, with n - 1), |a - b|² + tr(A + B - 2 (A B)^½), as the Fréchet Audio Distance takes it. Small
 * collections lie farther apart than the sounds they stand for; a few times more embeddings than D are needed.
 *
 * @param {Embeddings} a at least two embeddings of D numbers
 * @param {Embeddings} b the same
 * @returns {Promise<number>} 0 or more; 0 for equal collections, but for rounding
 * @throws {EdgeL3Error} embedding_invalid, model_mismatch
 */
export async function frechetDistance(a, b) {
  const [rowsOfA, rowsOfB] = [toRows(a), toRows(b)];
  if (rowsOfA[0].length !== rowsOfB[0].length) {
    throw new EdgeL3Error(
      'model_mismatch',
      `One collection has embeddings of ${rowsOfA[0].length} numbers, the other of ${rowsOfB[0].length}: they come from different networks.`,
    );
  }
  // It is large, and not everybody compares collections.
  const { rootOf, singularValuesOfProduct } = await import('./matrix_library.js');
  const [meanOfA, meanOfB] = [mean(rowsOfA), mean(rowsOfB)];
  const [rootOfA, rootOfB] = [rootOf(covariance(rowsOfA, meanOfA)), rootOf(covariance(rowsOfB, meanOfB))];
  const distance = meanOfA.reduce((sum, value, i) => sum + (value - meanOfB[i]) ** 2, 0);
  // The trace of (A B)^½ is the sum of the singular values of the product of their roots: unlike eigenvalues of A B,
  // these keep their digits where a covariance is singular.
  const common = singularValuesOfProduct(rootOfA, rootOfB).reduce((sum, value) => sum + value, 0);
  return Math.max(0, distance + squaredSum(rootOfA) + squaredSum(rootOfB) - 2 * common);
}

/**
 * @param {Vector[]} rows
 * @param {Float64Array} means
 * @returns {Float64Array[]}
 */
function covariance(rows, means) {
  if (rows.length < 2) {
    throw new EdgeL3Error(
      'embedding_invalid',
      'A collection must have at least two embeddings to have a spread.',
    );
  }
  const centred = rows.map((row) => Float64Array.from(row, (value, i) => value - means[i]));
  return covarianceOf(centred).map((row) => row.map((value) => value / (rows.length - 1)));
}

/** @param {Float64Array[]} root of a covariance @returns {number} the covariance's trace */
function squaredSum(root) {
  return root.reduce((sum, row) => sum + row.reduce((part, value) => part + value * value, 0), 0);
}
