import { checkOption, DURATION, readOptions } from '../common/options.js';
import { toRows } from './rows.js';
import { l2Normalize, similarity } from './vectors.js';

/** @import { Embeddings, Vector } from './rows.js' */

/** Seconds after which the past counts for a third. */
const MEMORY = 3;

/**
 * Over what time a sound is new.
 *
 * @typedef {object} NoveltyOptions
 * @property {number} [hopSize] seconds between embeddings; default: 0.1, or for a result the distance of its timestamps
 * @property {number} [memory] seconds after which the past counts for a third; default 3
 */

const NOVELTY_KINDS = { hopSize: DURATION, memory: DURATION };

/**
 * How unlike the recent past each window of a sound is: peaks are where something new begins.
 *
 * @param {Embeddings & { timestamps?: Float64Array }} embeddings in the order of time
 * @param {NoveltyOptions} [options]
 * @returns {Float64Array} T numbers from 0 (the same as before) to 1 or, where embeddings have negative numbers, 2; the
 *   first is 0
 * @throws {EdgeL3Error} embedding_invalid, option_invalid
 */
export function noveltyOf(embeddings, options) {
  const { hopSize, memory } = readOptions(options, NOVELTY_KINDS);
  const rows = toRows(embeddings);
  const { timestamps } = embeddings;
  const distance = timestamps && timestamps.length > 1 ? timestamps[1] - timestamps[0] : 0.1;
  const novelty = new Novelty(hopSize ?? distance, memory);
  return Float64Array.from(rows, (row) => novelty.next(row));
}

/** The same for embeddings that come one by one. */
export class Novelty {
  #fraction;
  /** @type {Float64Array | undefined} */
  #past;

  /**
   * @param {number} hopSize seconds between embeddings
   * @param {number} [memory] seconds after which the past counts for a third
   * @throws {EdgeL3Error} option_invalid
   */
  constructor(hopSize, memory = MEMORY) {
    for (const [name, value] of Object.entries({ hopSize, memory })) checkOption(name, value, NOVELTY_KINDS);
    this.#fraction = 1 - Math.exp(-hopSize / memory);
  }

  /**
   * @param {Vector} embedding
   * @returns {number} from 0 (the same as before) to 1 or, where embeddings have negative numbers, 2
   */
  next(embedding) {
    // Of length 1 each: otherwise loud moments would be remembered for long, and quiet ones not at all.
    const present = l2Normalize(embedding);
    const past = this.#past ?? Float64Array.from(present);
    this.#past = past.map((value, index) => value + this.#fraction * (present[index] - value));
    return 1 - similarity(present, past);
  }
}
