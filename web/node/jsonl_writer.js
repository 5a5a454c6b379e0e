import { toDecimal } from './decimal.js';

/** Writes a line for each window: a JSON object with `timestamp`, in seconds, and `embedding`. */
export class JsonlWriter {
  #output;
  #hopSize;
  #count = 0;

  /**
   * @param {import('./formats.js').TextOutput} output
   * @param {import('./formats.js').RowsOptions} options
   */
  constructor(output, { hopSize }) {
    this.#output = output;
    this.#hopSize = hopSize;
  }

  /** @param {Float32Array} embedding the next one */
  async write(embedding) {
    const timestamp = this.#count++ * this.#hopSize;
    const numbers = Array.from(embedding, toDecimal).join(',');
    await this.#output.append(Buffer.from(`{"timestamp":${timestamp},"embedding":[${numbers}]}\n`));
  }

  async end() {}
}
