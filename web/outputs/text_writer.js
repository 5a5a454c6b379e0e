/** @import { RowsOptions } from './formats.js' */
/** @import { TextOutput } from './output.js' */

const encoder = new TextEncoder();

/**
 * How a format puts embeddings into text.
 *
 * @typedef {object} Layout
 * @property {(rows: RowsOptions) => string} start
 * @property {(timestamp: number, numbers: string) => string} row of one window; the numbers stand between commas
 * @property {string} between two rows
 * @property {(timestamps: Iterable<number>, metadata: object | undefined) => string} end
 */

/** @type {Record<'csv' | 'json' | 'jsonl', Layout>} */
export const LAYOUTS = {
  csv: {
    start: ({ dimension }) => `timestamp,${[...Array(dimension).keys()]}\n`,
    row: (timestamp, numbers) => `${timestamp},${numbers}\n`,
    between: '',
    end: () => '',
  },
  json: {
    start: () => '{"embedding":[\n',
    row: (_, numbers) => `[${numbers}]`,
    between: ',\n',
    end: (timestamps, metadata) => {
      const more = metadata ? `,\n"metadata":${JSON.stringify(metadata)}` : '';
      return `],\n"timestamps":[${[...timestamps]}]${more}}\n`;
    },
  },
  jsonl: {
    start: () => '',
    row: (timestamp, numbers) => `{"timestamp":${timestamp},"embedding":[${numbers}]}\n`,
    between: '',
    end: () => '',
  },
};

/** Writes embeddings as text, each as soon as it comes. */
export class TextWriter {
  #output;
  #rows;
  #layout;
  #count = 0;

  /**
   * @param {TextOutput} output
   * @param {RowsOptions} rows
   * @param {Layout} layout
   */
  constructor(output, rows, layout) {
    this.#output = output;
    this.#rows = rows;
    this.#layout = layout;
  }

  /** @param {Float32Array} embedding the next one */
  async write(embedding) {
    const { start, row, between } = this.#layout;
    const before = this.#count === 0 ? start(this.#rows) : between;
    const numbers = Array.from(embedding, toDecimal).join(',');
    await this.#append(before + row(this.#timestamp(this.#count++), numbers));
  }

  async end() {
    await this.#append(this.#layout.end(this.#timestamps(), this.#rows.metadata?.()));
  }

  /** @param {string} text */
  async #append(text) {
    await this.#output.append(encoder.encode(text));
  }

  *#timestamps() {
    for (let index = 0; index < this.#count; index++) yield this.#timestamp(index);
  }

  /** @param {number} index */
  #timestamp(index) {
    const { start = 0, hopSize } = this.#rows;
    return start + index * hopSize;
  }
}

/**
 * A float32 in as many digits as give it back.
 *
 * @param {number} value
 * @returns {string} as JSON and CSV have numbers
 */
function toDecimal(value) {
  return String(Number(value.toPrecision(9)));
}
