import { HOP_SIZE } from '../demo/teach/examples.js';
import { classify } from './nearest_neighbours.js';

/** @import { SoundClass } from '../demo/teach/examples.js' */

/** Windows are a second long: so many begin while one lasts. */
const OVERLAP = Math.round(1 / HOP_SIZE);

/**
 * How well the classes can be told apart: from one part of each recording what is in the rest is guessed, and no window
 * of the one shares a sample with a window of the other.
 *
 * @param {SoundClass[]} classes
 * @returns {number[][]} windows, by their class and then by the guess
 */
export function confusion(classes) {
  /** @type {SoundClass[]} */
  const learned = [];
  /** @type {Float32Array[][]} */
  const heldOut = [];
  for (const { name, recordings } of classes) {
    const parts = recordings.map(({ vectors }) => split(vectors));
    learned.push({ name, recordings: parts.map(({ first }) => ({ vectors: first })) });
    heldOut.push(parts.flatMap(({ rest }) => rest));
  }
  return heldOut.map((vectors) => {
    const counts = classes.map(() => 0);
    for (const vector of vectors) {
      const shares = classify(learned, vector);
      const best = Math.max(...shares);
      if (best > 0) counts[shares.indexOf(best)]++;
    }
    return counts;
  });
}

/** @param {Float32Array[]} vectors */
function split(vectors) {
  const count = Math.max(0, Math.ceil((vectors.length - OVERLAP + 1) / 2));
  return { first: vectors.slice(0, count), rest: vectors.slice(count + OVERLAP - 1) };
}
