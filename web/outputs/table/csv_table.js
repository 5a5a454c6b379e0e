import { EdgeL3Error } from '../../common/errors.js';
import { readLines, toDecimal } from './lines.js';
import { RowCollector } from './row_collector.js';

/** @import { TextOutput } from '../output.js' */
/** @import { Bytes, Rows, TableOptions } from './table.js' */

const COLUMNS = 'file,start,end';

/** A table as comma-separated text (RFC 4180): file,start,end, then a column for each number. */
export class CsvTable {
  #output;
  #dimension;
  #encoder = new TextEncoder();
  #hasBegun = false;

  /**
   * @param {TextOutput} output
   * @param {TableOptions} options
   */
  static async create(output, options) {
    return new CsvTable(output, options);
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
    await this.#begin();
    const name = quote(file);
    let text = '';
    for (const [row, start] of starts.entries()) {
      const numbers = embedding.subarray(row * this.#dimension, (row + 1) * this.#dimension);
      text += `${name},${start},${ends[row]},${Array.from(numbers, toDecimal)}\n`;
    }
    await this.#output.append(this.#encoder.encode(text));
  }

  async end() {
    await this.#begin();
  }

  async #begin() {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    await this.#output.append(this.#encoder.encode(`${COLUMNS},${[...Array(this.#dimension).keys()]}\n`));
  }

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
  let width = 0;
  let record = '';
  for await (const line of readLines(bytes)) {
    // A name may hold a line break; then its quotes are not closed yet.
    record += record === '' ? line : `\n${line}`;
    if ((record.match(/"/g)?.length ?? 0) % 2 === 1) continue;
    const fields = splitRecord(record);
    if (width === 0) {
      if (!record.startsWith(COLUMNS)) throw damagedTable(`it begins with ${record.slice(0, 40)}`);
      width = fields.length;
    } else {
      const [file, start, end, ...numbers] = fields;
      if (fields.length !== width)
        throw damagedTable(`a line has ${fields.length} fields, the first ${width}`);
      yield* collector.add(file, Number(start), Number(end), numbers.map(Number));
    }
    record = '';
  }
  if (record !== '' || width === 0) throw damagedTable('it ends within a line');
  yield* collector.end();
}

/** @param {string} reason */
function damagedTable(reason) {
  return new EdgeL3Error('file_damaged', `This table is damaged: ${reason}.`);
}

/** @param {string} text */
function quote(text) {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * @param {string} record whose first field alone may stand in quotes
 * @returns {string[]}
 */
function splitRecord(record) {
  const quoted = /^"((?:[^"]|"")*)",/.exec(record);
  if (!quoted) return record.split(',');
  return [quoted[1].replaceAll('""', '"'), ...record.slice(quoted[0].length).split(',')];
}
