import { EdgeL3Error } from '../common/errors.js';
import { readOptions } from '../common/options.js';
import { mean } from './pooling.js';
import { toRows } from './rows.js';
import { dot, l2Normalize } from './vectors.js';

/** @import { Embeddings } from './rows.js' */

/** Windows of the shorter sound that are looked for in the longer one. */
const PROBES = 8;

/**
 * Of two recordings of the same kind the windows are alike, but what changes from window to window is not: this must be
 * correlated. Measured: a recording and itself as mp3 at 96 kbit/s 0.72 and more, other ones of the kind up to 0.46.
 */
const LEAST_CORRELATION = 0.6;

/** A mean squared distance, of vectors of length 1, at which nothing needs to change: different ones of a kind have 0.01. */
const NO_DISTANCE = 5e-4;

/** @type {{ threshold: import('../common/options.js').Kind }} */
const KINDS = {
  threshold: {
    expected: 'a number above 0, at most 1',
    isValid: (value) => Number.isFinite(value) && value > 0 && value <= 1,
  },
};

/**
 * Groups of sounds that are the same recording, also if one is a part of the other, was compressed or is louder. All pairs
 * are compared.
 *
 * @param {Embeddings[]} sounds each as getEmbedding gives it, all with the same hop, not centred, and of windows that hold nothing but the
 *   sound. What was trimmed begins up to half a hop beside a window of the whole: with 0.02 s short sounds are found too, with 0.1 s
 *   only what changes slowly
 * @param {{ threshold?: number }} [options] the least cosine, in the mean over all windows of the shorter one; default 0.95
 * @returns {number[][]} groups of at least two: their places in the array, in rising order
 * @throws {import('../common/errors.js').EdgeL3Error} embedding_invalid, option_invalid
 */
export function duplicateSounds(sounds, options) {
  const { threshold = 0.95 } = readOptions(options, KINDS);
  if (!Array.isArray(sounds)) {
    throw new EdgeL3Error(
      'embedding_invalid',
      'Give an array of what getEmbedding returns, one for each sound.',
    );
  }
  const all = sounds.map((sound) => toRows(sound).map(l2Normalize));
  const groups = all.map((_, index) => index);
  for (let b = 1; b < all.length; b++) {
    for (let a = 0; a < b; a++) {
      if (groups[a] === groups[b] || !areSame(all[a], all[b], threshold)) continue;
      const [kept, gone] = [Math.min(groups[a], groups[b]), Math.max(groups[a], groups[b])];
      for (const [index, group] of groups.entries()) if (group === gone) groups[index] = kept;
    }
  }
  return [...new Set(groups)]
    .map((group) => groups.flatMap((other, index) => (other === group ? [index] : [])))
    .filter(({ length }) => length > 1);
}

/**
 * @param {Float32Array[]} a
 * @param {Float32Array[]} b
 * @param {number} threshold
 */
function areSame(a, b, threshold) {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  for (const offset of offsetsOf(short, long)) {
    const part = long.slice(offset, offset + short.length);
    const cosine = short.reduce((sum, row, k) => sum + dot(row, part[k]), 0) / short.length;
    if (cosine < threshold) continue;
    const distance = short.reduce((sum, row, k) => sum + squaredDistance(row, part[k]), 0) / short.length;
    if (distance <= NO_DISTANCE || correlation(short, part) >= LEAST_CORRELATION) return true;
  }
  return false;
}

/**
 * @param {Float32Array[]} short
 * @param {Float32Array[]} long
 * @returns {Set<number>} where the shorter may begin in the longer: where one of its windows is found
 */
function offsetsOf(short, long) {
  /** @type {Set<number>} */
  const offsets = new Set();
  const count = Math.min(PROBES, short.length);
  for (let probe = 0; probe < count; probe++) {
    const k = Math.floor((probe * short.length) / count);
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [place, row] of long.entries()) {
      const cosine = dot(short[k], row);
      if (cosine > most) {
        most = cosine;
        best = place;
      }
    }
    offsets.add(Math.max(0, Math.min(long.length - short.length, best - k)));
  }
  return offsets;
}

/**
 * @param {Float32Array[]} a
 * @param {Float32Array[]} b as many
 * @returns {number} from -1 to 1, of how they differ from their means; 0 where one never does
 */
function correlation(a, b) {
  const [meanOfA, meanOfB] = [mean(a), mean(b)];
  let [product, squareOfA, squareOfB] = [0, 0, 0];
  for (const [k, row] of a.entries()) {
    for (let i = 0; i < row.length; i++) {
      const [x, y] = [row[i] - meanOfA[i], b[k][i] - meanOfB[i]];
      product += x * y;
      squareOfA += x * x;
      squareOfB += y * y;
    }
  }
  return squareOfA > 0 && squareOfB > 0 ? product / Math.sqrt(squareOfA * squareOfB) : 0;
}

/** @param {Float32Array} a @param {Float32Array} b */
function squaredDistance(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}
