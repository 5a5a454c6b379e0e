import { EdgeL3Error } from '../../common/errors.js';
import { readLines, toDecimal } from './lines.js';
import { RowCollector } from './row_collector.js';

/** @import { TextOutput } from '../output.js' */
/** @import { Bytes, Rows, TableOptions } from './table.js' */

/** A table as JSON, an object in each line. */
export class JsonlTable {
  #output;
  #dimension;
  #encoder = new TextEncoder();

  /**
   * @param {TextOutput} output
   * @param {TableOptions} options
   */
  static async create(output, options) {
    return new JsonlTable(output, options);
  }

  /**
   * @param {TextOutput} output
   * @param {TableOptions} options
   */
  constructor(output, { dimension }) {
    this.#output = output;
    this.#dimension = dimension;
  }

  /** @param {Rows} rows */
  async write({ file, starts, ends, embedding }) {
    const name = JSON.stringify(file);
    let text = '';
    for (const [row, start] of starts.entries()) {
      const numbers = embedding.subarray(row * this.#dimension, (row + 1) * this.#dimension);
      text += `{"file":${name},"start":${start},"end":${ends[row]},"embedding":[${Array.from(numbers, toDecimal)}]}\n`;
    }
    await this.#output.append(this.#encoder.encode(text));
  }

  async end() {}

  /** @param {Bytes} bytes */
  static async read(bytes) {
    return { rows: readRows(bytes) };
  }
}

/**
 * @param {Bytes} bytes
 * @returns {AsyncGenerator<Rows>}
 */
async function* readRows(bytes) {
  const collector = new RowCollector();
  for await (const line of readLines(bytes)) {
    const { file, start, end, embedding } = parseLine(line);
    yield* collector.add(file, start, end, embedding);
  }
  yield* collector.end();
}

/** @param {string} line */
function parseLine(line) {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new EdgeL3Error(
      'file_damaged',
      `This table is damaged: a line is no JSON: ${line.slice(0, 40)}`,
      cause,
    );
  }
}
