/** @import { Output } from './output.js' */

/** Bytes that are there before the first ones are appended. */
const FIRST_CAPACITY = 2 ** 16;

/**
 * An output that is kept in memory, for what is handed over as a whole: a download, or bytes.
 *
 * @implements {Output}
 */
export class MemoryOutput {
  #buffer = new Uint8Array(FIRST_CAPACITY);
  #position = 0;

  /** Bytes appended so far. */
  get position() {
    return this.#position;
  }

  /** All that was written; no copy. */
  get bytes() {
    return this.#buffer.subarray(0, this.#position);
  }

  /** @param {Uint8Array} bytes */
  async append(bytes) {
    const end = this.#position + bytes.length;
    if (end > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#buffer.length));
      larger.set(this.bytes);
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#position);
    this.#position = end;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {number} position
   */
  async overwrite(bytes, position) {
    this.#buffer.set(bytes, position);
  }

  /**
   * @param {number} start
   * @param {number} end
   * @returns {AsyncGenerator<Uint8Array>}
   */
  async *read(start, end) {
    yield this.#buffer.subarray(start, end);
  }
}
