/** The bytes of a file or a pipe, one after the other, with only those in memory that somebody looks at. */
export class ByteReader {
  #source;
  /** @type {Buffer} */
  #pending = Buffer.alloc(0);
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
   * @returns {Promise<Buffer>} the next bytes, which stay to be read; fewer only at the end
   */
  async peek(length) {
    await this.#fill(length);
    return this.#pending.subarray(0, length);
  }

  /**
   * @param {number} length
   * @returns {Promise<Buffer>} the next bytes; fewer only at the end
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
   * @returns {Promise<Buffer>} as many whole units as are at hand, at least one; at the end what is left
   */
  async readUnits(unit, limit) {
    await this.#fill(unit);
    const { length } = this.#pending;
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

  /** Lets go of the file. */
  async close() {
    await this.#source.return?.();
  }

  /** @param {number} length bytes to have at hand, if there are so many */
  async #fill(length) {
    const chunks = [this.#pending];
    let total = this.#pending.length;
    while (total < length && !this.#ended) {
      const { done, value } = await this.#source.next();
      if (done) {
        this.#ended = true;
      } else {
        chunks.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
        total += value.length;
      }
    }
    if (chunks.length > 1) this.#pending = Buffer.concat(chunks);
  }
}
