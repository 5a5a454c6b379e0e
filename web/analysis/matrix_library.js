import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';

// What umap_library.js computes with.
export { inverse, Matrix } from 'ml-matrix';

/**
 * @param {Float64Array[]} covariance a symmetric matrix whose eigenvalues are 0 or more, but for rounding
 * @returns {Float64Array[]} a root of it: one whose product with its transpose it is
 */
export function rootOf(covariance) {
  const decomposition = new EigenvalueDecomposition(new Matrix(covariance), { assumeSymmetric: true });
  const deviations = decomposition.realEigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  const root = decomposition.eigenvectorMatrix.mulRowVector(deviations);
  return root.to2DArray().map((row) => Float64Array.from(row));
}

/**
 * @param {Float64Array[]} a a square matrix
 * @param {Float64Array[]} b another one of its size
 * @returns {number[]} the singular values of the first one's transpose times the second
 */
export function singularValuesOfProduct(a, b) {
  return new SingularValueDecomposition(new Matrix(a).transpose().mmul(new Matrix(b))).diagonal;
}
