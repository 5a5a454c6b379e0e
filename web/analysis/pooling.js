import { checkOption, oneOf } from '../common/options.js';
import { toRows } from './rows.js';

/** @import { Embeddings, Vector } from './rows.js' */

/** @typedef {'mean' | 'max' | 'meanstd'} Pooling How the windows of a sound become one vector, as poolOverTime says. */

const POOLINGS = {
  mean,
  max: (/** @type {Vector[]} */ rows) =>
    Float64Array.from(rows[0], (_, i) =>
      rows.reduce((most, row) => Math.max(most, row[i]), Number.NEGATIVE_INFINITY),
    ),
  meanstd: meanAndDeviation,
};

/** @type {import('../common/options.js').Kind} */
export const POOLING_KIND = oneOf(Object.keys(POOLINGS));

/**
 * One vector for a whole sound, out of those of its windows.
 *
 * @param {Embeddings} embeddings
 * @param {Pooling} [pooling] `mean` (default) and `max`: of each number over the windows; `meanstd`: the means, and
 *   behind them the standard deviations (of the population, as numpy.std gives them)
 * @returns {Float32Array} D numbers, 2 D for `meanstd`
 * @throws {EdgeL3Error} embedding_invalid, option_invalid
 */
export function poolOverTime(embeddings, pooling = 'mean') {
  checkOption('pooling', pooling, { pooling: POOLING_KIND });
  return Float32Array.from(POOLINGS[pooling](toRows(embeddings)));
}

/**
 * One embedding for a whole sound: the mean of those of its windows.
 *
 * @param {Embeddings} embeddings
 * @returns {Float32Array} D numbers
 * @throws {EdgeL3Error} embedding_invalid
 */
export function meanOverTime(embeddings) {
  return poolOverTime(embeddings, 'mean');
}

/**
 * @param {Vector[]} rows
 * @returns {Float64Array}
 */
export function mean(rows) {
  const sums = new Float64Array(rows[0].length);
  for (const row of rows) for (let i = 0; i < sums.length; i++) sums[i] += row[i];
  return sums.map((sum) => sum / rows.length);
}

/** @param {Vector[]} rows */
function meanAndDeviation(rows) {
  const means = mean(rows);
  const squares = new Float64Array(means.length);
  for (const row of rows) for (let i = 0; i < squares.length; i++) squares[i] += (row[i] - means[i]) ** 2;
  const deviations = squares.map((sum) => Math.sqrt(sum / rows.length));
  return Float64Array.of(...means, ...deviations);
}
