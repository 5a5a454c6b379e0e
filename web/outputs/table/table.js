import { EdgeL3Error } from '../../common/errors.js';
import { CsvTable } from './csv_table.js';
import { JsonlTable } from './jsonl_table.js';
import { NpzTable } from './npz_table.js';
import { ParquetTable } from './parquet_table.js';

/** @import { Output } from '../output.js' */

/**
 * Some rows of a table: successive windows of one sound, or the one row that stands for all of it.
 *
 * @typedef {object} Rows
 * @property {string} file whose sound it is
 * @property {Float64Array} starts seconds, of each row
 * @property {Float64Array} ends seconds, of each row
 * @property {Float32Array} embedding rows x dimension
 */

/**
 * One file for the embeddings of many sounds: the columns file, start, end and embedding.
 *
 * @typedef {object} Table
 * @property {(rows: Rows) => Promise<void>} write the next ones, not to change afterwards
 * @property {(inputs: Inputs) => Promise<void>} end formats without a place for the inputs leave them out
 */

/**
 * Of each file whose rows were written, in their order: how many bytes it has, and when it was modified, in milliseconds since
 * 1970; both are NaN where nobody knows.
 *
 * @typedef {Float64Array<ArrayBuffer>} Inputs
 */

/**
 * What is read from a table.
 *
 * @typedef {object} StoredTable
 * @property {string} [provenance] what made it, as JSON, if it says so
 * @property {Inputs} [inputs] if it says so
 * @property {AsyncGenerator<Rows>} rows of one file at a time
 */

/**
 * What is read from a table: any part of it, at any time.
 *
 * @typedef {object} Bytes
 * @property {number} byteLength
 * @property {(start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>} read
 */

/**
 * @typedef {object} TableOptions
 * @property {number} dimension numbers in an embedding
 * @property {string} provenance what made the table, as JSON; formats without a place for it leave it out
 */

/** @typedef {'parquet' | 'npz' | 'csv' | 'jsonl'} TableFormat */

const TABLES = { parquet: ParquetTable, npz: NpzTable, csv: CsvTable, jsonl: JsonlTable };

/**
 * @param {string} path of a table
 * @returns {TableFormat} by its ending
 * @throws {EdgeL3Error} option_invalid
 */
export function tableFormatOf(path) {
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  if (Object.hasOwn(TABLES, ending)) return /** @type {TableFormat} */ (ending);
  const known = Object.keys(TABLES).map((name) => `.${name}`);
  throw new EdgeL3Error(
    'option_invalid',
    `A table's name must end with ${known.join(', ')}, unlike ${path}.`,
  );
}

/**
 * @param {TableFormat} format
 * @param {Output} output
 * @param {TableOptions} options
 * @returns {Promise<Table>}
 */
export function createTable(format, output, options) {
  return TABLES[format].create(output, options);
}

/**
 * Reads a table that createTable has written.
 *
 * @param {TableFormat} format
 * @param {Bytes} bytes
 * @returns {Promise<StoredTable>}
 * @throws {EdgeL3Error} file_damaged, file_unsupported
 */
export async function readTable(format, bytes) {
  try {
    return await TABLES[format].read(bytes);
  } catch (cause) {
    if (cause instanceof EdgeL3Error) throw cause;
    throw new EdgeL3Error(
      'file_damaged',
      `This is no whole table of the format ${format} (${cause}).`,
      cause,
    );
  }
}
