import { joinBytes } from '../common/bytes.js';

/** The bytes of a file or a pipe, one after the other, with only those in memory that somebody looks at. */
export class ByteReader {
  #source;
  /** @type {Uint8Array} */
  #pending = new Uint8Array(0);
  #position = 0;
  #ended = false;

  /** @param {AsyncIterable<Uint8Array>} source */
  constructor(source) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Bytes read or skipped so far. */
  get position() {
    return this.#position;
  }

  /**
   * @param {number} length
   * @returns {Promise<Uint8Array>} the next bytes, which stay to be read; fewer only at the end
   */
  async peek(length) {
    return (await this.peekAll(length)).subarray(0, length);
  }

  /**
   * @param {number} length
   * @returns {Promise<Uint8Array>} all bytes that are at hand, which stay to be read; fewer than `length` only at the end
   */
  async peekAll(length) {
    if (this.#pending.length < length) await this.#fill(length);
    return this.#pending;
  }

  /**
   * @param {number} length
   * @returns {Promise<Uint8Array>} the next bytes; fewer only at the end
   */
  async read(length) {
    const bytes = await this.peek(length);
    this.#pending = this.#pending.subarray(bytes.length);
    this.#position += bytes.length;
    return bytes;
  }

  /**
   * @param {number} unit bytes
   * @param {number} limit bytes
   * @returns {Promise<Uint8Array>} as many whole units as are at hand, at least one; at the end what is left
   */
  async readUnits(unit, limit) {
    const { length } = await this.peekAll(unit);
    return this.read(Math.min(limit, length < unit ? length : length - (length % unit)));
  }

  /** @param {number} length bytes; past the end is the end */
  async skip(length) {
    for (let left = length; left > 0; ) {
      const { length: skipped } = await this.readUnits(1, left);
      if (skipped === 0) return;
      left -= skipped;
    }
  }

  /**
   * Skips zeros, up to the next other byte or the end.
   *
   * @param {number} limit bytes
   * @returns {Promise<boolean>} whether there were no more of them than that
   */
  async skipZeros(limit) {
    for (let left = limit; ; ) {
      const bytes = await this.peekAll(1);
      const found = bytes.findIndex((byte) => byte !== 0);
      const count = found < 0 ? bytes.length : found;
      if (count > left) return false;
      left -= count;
      await this.skip(count);
      if (found >= 0 || bytes.length === 0) return true;
    }
  }

  /** Lets go of the file. */
  async close() {
    await this.#source.return?.();
  }

  /** @param {number} length bytes to have at hand, if there are so many */
  async #fill(length) {
    /** @type {Uint8Array[]} */
    const chunks = this.#pending.length > 0 ? [this.#pending] : [];
    let total = this.#pending.length;
    while (total < length && !this.#ended) {
      const { done, value } = await this.#source.next();
      if (done) {
        this.#ended = true;
      } else {
        chunks.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
        total += value.length;
      }
    }
    if (chunks.length > 0) this.#pending = joinBytes(chunks);
  }
}
