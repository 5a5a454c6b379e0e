/** @import { Rows } from './table.js' */

/** Rows that are handed on together, at most. */
const MOST_ROWS = 4096;

/** Puts single rows together to pieces of one file each. */
export class RowCollector {
  #file = '';
  /** @type {number[]} */
  #starts = [];
  /** @type {number[]} */
  #ends = [];
  /** @type {ArrayLike<number>[]} */
  #embeddings = [];

  /**
   * @param {string} file
   * @param {number} start seconds
   * @param {number} end seconds
   * @param {ArrayLike<number>} embedding
   * @returns {Rows[]} the rows before this one, if they are complete now
   */
  add(file, start, end, embedding) {
    const complete = file !== this.#file || this.#starts.length === MOST_ROWS ? this.end() : [];
    this.#file = file;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#embeddings.push(embedding);
    return complete;
  }

  /** @returns {Rows[]} the last rows, if there are any */
  end() {
    const count = this.#starts.length;
    if (count === 0) return [];
    const dimension = this.#embeddings[0].length;
    const embedding = new Float32Array(count * dimension);
    for (const [row, numbers] of this.#embeddings.entries()) embedding.set(numbers, row * dimension);
    const rows = {
      file: this.#file,
      starts: Float64Array.from(this.#starts),
      ends: Float64Array.from(this.#ends),
      embedding,
    };
    [this.#starts, this.#ends, this.#embeddings] = [[], [], []];
    return [rows];
  }
}
