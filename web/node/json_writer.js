import { toDecimal } from './decimal.js';

/** Writes one JSON object with `embedding`, an array of T arrays, and `timestamps`, T seconds. */
export class JsonWriter {
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
    const start = this.#count++ === 0 ? '{"embedding":[\n' : ',\n';
    await this.#output.append(Buffer.from(`${start}[${Array.from(embedding, toDecimal).join(',')}]`));
  }

  async end() {
    await this.#output.append(Buffer.from('],\n"timestamps":['));
    for (let index = 0; index < this.#count; index++) {
      await this.#output.append(Buffer.from(`${index === 0 ? '' : ','}${index * this.#hopSize}`));
    }
    await this.#output.append(Buffer.from(']}\n'));
  }
}
