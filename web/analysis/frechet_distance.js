import { EdgeL3Error } from '../common/errors.js';
import { mean } from './pooling.js';
import { covarianceOf } from './principal_components.js';
import { toRows } from './rows.js';

/** @import { Matrix } from 'ml-matrix' */
/** @import { Embeddings } from './rows.js' */
/** @typedef {typeof import('./matrix_library.js')} Library */
/** @typedef {{ mean: Float64Array, root: Matrix }} Gaussian `root`: one whose product with its transpose is the covariance */

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
  const library = await import('./matrix_library.js');
  const first = gaussianOf(rowsOfA, library);
  const second = gaussianOf(rowsOfB, library);
  const distance = first.mean.reduce((sum, value, i) => sum + (value - second.mean[i]) ** 2, 0);
  // The trace of (A B)^½ is the sum of the singular values of the product of their roots: unlike eigenvalues of A B,
  // these keep their digits where a covariance is singular.
  const product = first.root.transpose().mmul(second.root);
  const { diagonal } = new library.SingularValueDecomposition(product);
  const common = diagonal.reduce((sum, value) => sum + value, 0);
  return Math.max(0, distance + squaredSum(first.root) + squaredSum(second.root) - 2 * common);
}

/**
 * @param {import('./rows.js').Vector[]} rows
 * @param {Library} library
 * @returns {Gaussian}
 */
function gaussianOf(rows, { Matrix, EigenvalueDecomposition }) {
  if (rows.length < 2) {
    throw new EdgeL3Error(
      'embedding_invalid',
      'A collection must have at least two embeddings to have a spread.',
    );
  }
  const means = mean(rows);
  const centred = rows.map((row) => Float64Array.from(row, (value, i) => value - means[i]));
  const covariance = new Matrix(covarianceOf(centred)).div(rows.length - 1);
  const { eigenvectorMatrix, realEigenvalues } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  // Rounding makes some of the zeros negative.
  const deviations = realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  return { mean: means, root: eigenvectorMatrix.mulRowVector(deviations) };
}

/** @param {Matrix} root of a covariance @returns {number} the covariance's trace */
function squaredSum(root) {
  return root.to1DArray().reduce((sum, value) => sum + value * value, 0);
}
