import { NPY_HEADER_BYTES, npyHeader } from './npy.js';

/** Writes numpy's .npy: the embeddings alone, float32, T x D. */
export class NpyWriter {
  #output;
  #dimension;
  #count = 0;

  /**
   * @param {import('./output.js').Output} output
   * @param {import('./formats.js').RowsOptions} options
   */
  constructor(output, { dimension }) {
    this.#output = output;
    this.#dimension = dimension;
  }

  /** @param {Float32Array} embedding the next one, not to change afterwards */
  async write(embedding) {
    // A place for the header, which says how many there are.
    if (this.#count++ === 0) await this.#output.append(new Uint8Array(NPY_HEADER_BYTES));
    await this.#output.append(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
  }

  async end() {
    await this.#output.overwrite(npyHeader('<f4', [this.#count, this.#dimension]), 0);
  }
}
