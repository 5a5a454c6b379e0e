/** Thrown where the bits go on but the bytes do not. */
export class OutOfBitsError extends Error {}

/** Reads bits from the highest of each byte on. Past the end it reads zeros, and check() throws. */
export class BitReader {
  #bytes;
  #position = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  /** Bytes begun so far. */
  get byteLength() {
    return Math.ceil(this.#position / 8);
  }

  /** @throws {OutOfBitsError} if more was read than there is */
  check() {
    if (this.#position > 8 * this.#bytes.length) throw new OutOfBitsError();
  }

  /**
   * @param {number} count at most 32
   * @returns {number} not negative
   */
  read(count) {
    if (count > 24) return this.read(count - 16) * 2 ** 16 + this.read(16);
    if (count === 0) return 0;
    const value = (this.#next32() << (this.#position & 7)) >>> (32 - count);
    this.#position += count;
    return value;
  }

  /**
   * @param {number} count at most 32
   * @returns {number} two's complement
   */
  readSigned(count) {
    const value = this.read(count);
    return value >= 2 ** (count - 1) ? value - 2 ** count : value;
  }

  /**
   * @returns {number} zeros in front of the next one, which is read as well
   * @throws {OutOfBitsError}
   */
  readZeros() {
    for (let zeros = 0; ; ) {
      // Of the 32 bits, those of the first byte that were read already fall out: 25 are certain.
      const found = Math.clz32(this.#next32() << (this.#position & 7));
      if (found < 25) {
        this.#position += found + 1;
        return zeros + found;
      }
      zeros += 25;
      this.#position += 25;
      this.check();
    }
  }

  skipToByte() {
    this.#position = 8 * this.byteLength;
  }

  /** The four bytes from the current one on. */
  #next32() {
    const at = this.#position >>> 3;
    const bytes = this.#bytes;
    return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
}
