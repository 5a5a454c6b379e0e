/** How far computed numbers are from the true ones. A NaN anywhere makes the result NaN, which passes no gate. */

/**
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} truth of the same length
 * @param {(truth: number) => boolean} [counts] leaves out the elements for which it is false
 */
export function maxAbsoluteError(actual, truth, counts = () => true) {
  let largest = 0;
  for (let i = 0; i < truth.length; i++) {
    if (counts(truth[i])) largest = Math.max(largest, Math.abs(actual[i] - truth[i]));
  }
  return largest;
}

/**
 * The largest error as a share of the largest true magnitude.
 *
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} truth
 */
export function relativeError(actual, truth) {
  const error = maxAbsoluteError(actual, truth);
  return error === 0 ? 0 : error / maxAbsoluteError(new Float64Array(truth.length), truth);
}

/**
 * The largest cosine distance between corresponding rows, as half the squared distance of the rows' directions:
 * 1 - cos would lose everything below 1e-16.
 *
 * @param {ArrayLike<number>} actual row after row
 * @param {ArrayLike<number>} truth
 * @param {number} dimension of a row
 */
export function worstCosineDistance(actual, truth, dimension) {
  let worst = 0;
  for (let start = 0; start < truth.length; start += dimension) {
    const actualLength = rowLength(actual, start, dimension);
    const trueLength = rowLength(truth, start, dimension);
    let sum = 0;
    for (let i = start; i < start + dimension; i++) {
      sum += (actual[i] / actualLength - truth[i] / trueLength) ** 2;
    }
    worst = Math.max(worst, sum / 2);
  }
  return worst;
}

/** @param {ArrayLike<number>} values @param {number} start @param {number} dimension */
function rowLength(values, start, dimension) {
  let sum = 0;
  for (let i = start; i < start + dimension; i++) sum += values[i] ** 2;
  return Math.sqrt(sum);
}
