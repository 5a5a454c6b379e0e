import { NpzFile } from './npz_file.js';

/** Timestamps that are made at once. */
const PIECE_LENGTH = 4096;

/**
 * Writes an .npz with `embedding`, float32, T x D, and `timestamps`, float64, T seconds. How they were made is the comment of
 * the archive, which numpy does not see.
 */
export class NpzWriter {
  #output;
  #file;
  #dimension;
  #hopSize;
  #start;
  #metadata;
  #count = 0;

  /**
   * @param {import('./output.js').Output} output
   * @param {import('./formats.js').RowsOptions} options
   */
  constructor(output, { dimension, hopSize, start = 0, metadata }) {
    this.#output = output;
    this.#file = new NpzFile(output);
    this.#dimension = dimension;
    this.#hopSize = hopSize;
    this.#start = start;
    this.#metadata = metadata;
  }

  /** @param {Float32Array} embedding the next one, not to change afterwards */
  async write(embedding) {
    if (this.#count++ === 0) await this.#file.begin('embedding');
    await this.#output.append(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
  }

  async end() {
    await this.#file.complete('<f4', [this.#count, this.#dimension]);
    await this.#file.begin('timestamps');
    for (let index = 0; index < this.#count; index += PIECE_LENGTH) {
      const length = Math.min(PIECE_LENGTH, this.#count - index);
      const times = Float64Array.from(
        { length },
        (_, offset) => this.#start + (index + offset) * this.#hopSize,
      );
      await this.#output.append(new Uint8Array(times.buffer));
    }
    await this.#file.complete('<f8', [this.#count]);
    await this.#file.end(this.#metadata && JSON.stringify(this.#metadata()));
  }
}
