/** @import { Example } from './classifier.js' */

/** How many of the most similar windows of each class count. */
const NEIGHBOURS = 3;

/** A distance below which it makes no difference: that of float32's rounding. */
const LEAST_DISTANCE = 1e-6;

/**
 * Tells classes apart by the examples most like a window: it works from one example of each, and adding one costs
 * nothing. The confidence of a class falls with the square of the cosine distance to its nearest windows, so that what
 * is far from all of them is sure of none.
 *
 * @param {Example[][]} classes the recordings of each, with windows of length 1
 * @returns {(window: ArrayLike<number>) => Float64Array} from a window of length 1 to the confidences of the classes,
 *   whose sum is 1
 */
export function nearestNeighbours(classes) {
  const tables = classes.map((recordings) => recordings.flatMap(({ windows }) => windows));
  return (window) => {
    const weights = Float64Array.from(tables, (table) => {
      const distance = Math.max(LEAST_DISTANCE, 1 - meanOfLargest(table, window));
      return 1 / distance ** 2;
    });
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
}

/**
 * @param {Float32Array[]} table
 * @param {ArrayLike<number>} window
 * @returns {number} the mean of the largest cosines
 */
function meanOfLargest(table, window) {
  const largest = new Float64Array(Math.min(NEIGHBOURS, table.length)).fill(Number.NEGATIVE_INFINITY);
  for (const row of table) {
    let value = 0;
    for (let i = 0; i < row.length; i++) value += row[i] * window[i];
    for (let place = 0; place < largest.length; place++) {
      if (value <= largest[place]) continue;
      const smaller = largest[place];
      largest[place] = value;
      value = smaller;
    }
  }
  return largest.reduce((sum, value) => sum + value, 0) / largest.length;
}
