import { toDecimal } from './decimal.js';

/** Writes a table: a line of names, then for each window its timestamp in seconds and the numbers of its embedding. */
export class CsvWriter {
  #output;
  #options;
  #count = 0;

  /**
   * @param {import('./formats.js').TextOutput} output
   * @param {import('./formats.js').RowsOptions} options
   */
  constructor(output, options) {
    this.#output = output;
    this.#options = options;
  }

  /** @param {Float32Array} embedding the next one */
  async write(embedding) {
    const { dimension, hopSize } = this.#options;
    const names = this.#count === 0 ? ['timestamp', ...Array(dimension).keys()].join(',').concat('\n') : '';
    const cells = [this.#count++ * hopSize, ...Array.from(embedding, toDecimal)];
    await this.#output.append(Buffer.from(`${names}${cells.join(',')}\n`));
  }

  async end() {}
}
