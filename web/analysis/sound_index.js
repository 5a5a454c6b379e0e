import { EdgeL3Error } from '../common/errors.js';
import { COUNT, readOptions } from '../common/options.js';
import { groupAlike } from './alike.js';
import { Best } from './best.js';
import { readIndex, writeIndex } from './index_file.js';
import { checkFinite, isVector } from './rows.js';

/** @import { Vector } from './rows.js' */
/** @typedef {string | number} SoundId What an embedding stands for; several may have the same, such as the windows of a sound. */
/**
 * What a search has found.
 *
 * @typedef {object} SearchResult
 * @property {SoundId} id as it was given to `add`
 * @property {number} similarity the cosine, from -1 to 1
 */

/** Embeddings that lie in one piece of memory: so many that few pieces are needed, few enough to get the next one. */
const BLOCK_ROWS = 2 ** 15;

const THRESHOLD = {
  expected: 'a number above 0, at most 1',
  isValid: (/** @type {unknown} */ value) =>
    Number.isFinite(value) && Number(value) > 0 && Number(value) <= 1,
};

/** More than sums of numbers in double, of vectors of length 1, are off. */
const ROUNDING = 1e-12;

/** Finds the embeddings most like a given one, by comparing with all of them: exact, and fast enough for a million. */
export class SoundIndex {
  /** @type {SoundId[]} */
  #ids = [];
  /** @type {Float32Array[]} of BLOCK_ROWS rows each */
  #blocks = [];
  /** @type {Float64Array[]} one over the length of each row, 0 for all zeros */
  #scales = [];
  /** @type {Float64Array[]} the length of each row's second half, as a fraction of the row's */
  #tails = [];
  #dimension = 0;

  /** How many embeddings there are. */
  get size() {
    return this.#ids.length;
  }

  /** Numbers in an embedding; 0 until there is one. */
  get dimension() {
    return this.#dimension;
  }

  /**
   * @param {SoundId} id
   * @param {Vector} embedding D numbers, which are copied; D is that of the first one
   * @throws {EdgeL3Error} embedding_invalid, model_mismatch, option_invalid
   */
  add(id, embedding) {
    if (typeof id !== 'string' && !Number.isFinite(id)) {
      throw new EdgeL3Error('option_invalid', `An id must be a text or a number, not ${String(id)}.`);
    }
    this.#check(embedding);
    const row = this.size % BLOCK_ROWS;
    if (row === 0) {
      this.#dimension = embedding.length;
      this.#blocks.push(new Float32Array(BLOCK_ROWS * embedding.length));
      this.#scales.push(new Float64Array(BLOCK_ROWS));
      this.#tails.push(new Float64Array(BLOCK_ROWS));
    }
    const rows = this.#blocks[this.#blocks.length - 1];
    rows.set(embedding, row * this.#dimension);
    const stored = rows.subarray(row * this.#dimension, (row + 1) * this.#dimension);
    const { scale, tail } = measure(stored);
    this.#scales[this.#scales.length - 1][row] = scale;
    this.#tails[this.#tails.length - 1][row] = tail;
    this.#ids.push(id);
  }

  /**
   * @param {Vector} embedding D numbers
   * @param {{ k?: number }} [options] `k`: how many are wanted, default 10
   * @returns {SearchResult[]} the most similar first, of equally similar ones the first added; fewer than k if there are
   *   no more
   * @throws {EdgeL3Error} embedding_invalid, model_mismatch, option_invalid
   */
  search(embedding, options) {
    const { k = 10 } = readOptions(options, { k: COUNT });
    this.#check(embedding);
    const query = Float64Array.from(embedding);
    const best = new Best(Math.min(k, this.size));
    for (const [block, rows] of this.#blocks.entries()) {
      const first = block * BLOCK_ROWS;
      const count = Math.min(BLOCK_ROWS, this.size - first);
      offerAll(best, first, count, { rows, scales: this.#scales[block], tails: this.#tails[block] }, query);
    }
    return best.take().map(({ index, value }) => ({
      id: this.#ids[index],
      similarity: Math.max(-1, Math.min(1, value)),
    }));
  }

  /**
   * Groups of embeddings of which each is as similar as `threshold` to another one of its group. All pairs are compared
   * that could be, which takes long for many distinct embeddings; equal ones cost nothing.
   *
   * @param {{ threshold?: number }} [options] a cosine above 0, up to 1; default 0.99
   * @returns {SoundId[][]} groups of at least two, and the ids in them, in the order in which they were added
   * @throws {EdgeL3Error} option_invalid
   */
  duplicates(options) {
    const { threshold = 0.99 } = readOptions(options, { threshold: THRESHOLD });
    const rows = Array.from({ length: this.size }, (_, index) => this.#row(index));
    return groupAlike(rows, threshold).map((group) => group.map((index) => this.#ids[index]));
  }

  /**
   * @returns {Uint8Array<ArrayBuffer>} all of it, for load
   */
  save() {
    const vectors = Array.from(this.#blocks, (rows, block) =>
      rows.subarray(0, Math.min(BLOCK_ROWS, this.size - block * BLOCK_ROWS) * this.#dimension),
    );
    return writeIndex({ dimension: this.#dimension, ids: this.#ids, vectors });
  }

  /**
   * @param {Uint8Array} bytes what save gave
   * @returns {SoundIndex}
   * @throws {EdgeL3Error} file_unsupported, file_damaged
   */
  static load(bytes) {
    const { dimension, ids, vectors } = readIndex(bytes);
    const index = new SoundIndex();
    try {
      for (const [row, id] of ids.entries()) {
        index.add(id, vectors.subarray(row * dimension, (row + 1) * dimension));
      }
    } catch (cause) {
      throw new EdgeL3Error('file_damaged', 'This index is damaged: it has embeddings that are none.', cause);
    }
    return index;
  }

  /** @param {number} index */
  #row(index) {
    const rows = this.#blocks[Math.floor(index / BLOCK_ROWS)];
    const start = (index % BLOCK_ROWS) * this.#dimension;
    return rows.subarray(start, start + this.#dimension);
  }

  /** @param {Vector} embedding */
  #check(embedding) {
    if (!isVector(embedding)) {
      throw new EdgeL3Error('embedding_invalid', 'Give an embedding: an array of at least one number.');
    }
    if (this.size > 0 && embedding.length !== this.#dimension) {
      throw new EdgeL3Error(
        'model_mismatch',
        `The embeddings of this index have ${this.#dimension} numbers, this one has ${embedding.length}: it comes from another network.`,
      );
    }
    // As it is kept: a double may be more than that holds.
    checkFinite(Float32Array.from(embedding));
  }
}

/**
 * Called for each block, so that the engine's optimising compiler takes it over after the first. Of a row whose first
 * half leaves no hope, by the inequality of Cauchy and Schwarz, the second is not looked at.
 *
 * @param {Best} best
 * @param {number} first index of the first row
 * @param {number} count of rows
 * @param {{ rows: Float32Array, scales: Float64Array, tails: Float64Array }} block
 * @param {Float64Array} query
 */
function offerAll(best, first, count, { rows, scales, tails }, query) {
  const { length } = query;
  const half = headOf(length);
  const { scale, tail } = measure(query);
  for (let row = 0, at = 0; row < count; row++, at += length) {
    // Four sums, for each addition waits for the one before it in the same sum.
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i < half; i += 4) {
      a += rows[at + i] * query[i];
      b += rows[at + i + 1] * query[i + 1];
      c += rows[at + i + 2] * query[i + 2];
      d += rows[at + i + 3] * query[i + 3];
    }
    const factor = scales[row] * scale;
    if ((a + b + (c + d)) * factor + tails[row] * tail + ROUNDING <= best.least) continue;
    const even = length - 3;
    let i = half;
    for (; i < even; i += 4) {
      a += rows[at + i] * query[i];
      b += rows[at + i + 1] * query[i + 1];
      c += rows[at + i + 2] * query[i + 2];
      d += rows[at + i + 3] * query[i + 3];
    }
    for (; i < length; i++) a += rows[at + i] * query[i];
    const value = (a + b + (c + d)) * factor;
    if (value > best.least) best.offer(first + row, value);
  }
}

/** @param {number} length @returns {number} about half of it, a multiple of four */
function headOf(length) {
  return length - (length % 8) - Math.floor(length / 8) * 4;
}

/**
 * @param {Float32Array | Float64Array} vector
 * @returns {{ scale: number, tail: number }} one over its length, or 0, and the length of its second half as a fraction
 */
function measure(vector) {
  const half = headOf(vector.length);
  let head = 0;
  let tail = 0;
  for (let i = 0; i < half; i++) head += vector[i] * vector[i];
  for (let i = half; i < vector.length; i++) tail += vector[i] * vector[i];
  const scale = head + tail > 0 ? 1 / Math.sqrt(head + tail) : 0;
  return { scale, tail: Math.sqrt(tail) * scale };
}
