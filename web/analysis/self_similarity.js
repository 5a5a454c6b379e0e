import { COUNT, readOptions } from '../common/options.js';
import { toRows } from './rows.js';
import { dot, l2Normalize } from './vectors.js';

/** @import { Embeddings } from './rows.js' */

/**
 * How many windows are compared.
 *
 * @typedef {object} SelfSimilarityOptions
 * @property {number} [maxSide] of a longer sound only so many windows are compared, evenly spaced; default 1000
 */

/**
 * How alike the windows of a sound are to each other.
 *
 * @typedef {object} SelfSimilarity
 * @property {number} side windows that were compared: T, at most maxSide
 * @property {Float32Array} similarities side x side cosines, row by row
 */

/**
 * How alike all windows of a sound are to each other: repetitions are lines beside the diagonal, parts are squares on it.
 *
 * @param {Embeddings} embeddings T windows
 * @param {SelfSimilarityOptions} [options]
 * @returns {SelfSimilarity}
 * @throws {EdgeL3Error} embedding_invalid, option_invalid
 */
export function selfSimilarity(embeddings, options) {
  const { maxSide = 1000 } = readOptions(options, { maxSide: COUNT });
  const all = toRows(embeddings);
  const side = Math.min(maxSide, all.length);
  const rows = Array.from({ length: side }, (_, index) =>
    l2Normalize(all[Math.floor((index * all.length) / side)]),
  );
  const similarities = new Float32Array(side * side);
  for (let a = 0; a < side; a++) {
    for (let b = 0; b <= a; b++) {
      const cosine = dot(rows[a], rows[b]);
      similarities[a * side + b] = cosine;
      similarities[b * side + a] = cosine;
    }
  }
  return { side, similarities };
}
