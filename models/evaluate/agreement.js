/**
 * How near a model's embeddings are to its teacher's.
 *
 * @typedef {object} Agreement
 * @property {number} windows
 * @property {number} mean of the cosines of the two embeddings of each window
 * @property {number} fifthPercentile of the same; nearly all windows are above
 * @property {number} least
 */

/**
 * @param {Float32Array} embedding rows of `dimension` numbers
 * @param {Float32Array} teacher the same windows'
 * @param {number} dimension
 * @returns {Float64Array} the cosine of each pair of rows; 1 for two rows of zeros, 0 for one
 */
export function cosines(embedding, teacher, dimension) {
  return Float64Array.from({ length: embedding.length / dimension }, (_, row) => {
    let product = 0;
    let own = 0;
    let others = 0;
    for (let index = row * dimension; index < (row + 1) * dimension; index++) {
      product += embedding[index] * teacher[index];
      own += embedding[index] ** 2;
      others += teacher[index] ** 2;
    }
    if (own === 0 || others === 0) return own === others ? 1 : 0;
    return product / Math.sqrt(own * others);
  });
}

/**
 * @param {ArrayLike<number>} values cosines
 * @returns {Agreement} NaN instead of figures where there is no value
 */
export function summarise(values) {
  const sorted = Float64Array.from(values).sort();
  return {
    windows: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    fifthPercentile: sorted[Math.floor(0.05 * sorted.length)] ?? NaN,
    least: sorted[0] ?? NaN,
  };
}
