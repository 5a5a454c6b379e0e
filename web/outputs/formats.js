import { describeChoice } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { NpyWriter } from './npy_writer.js';
import { NpzWriter } from './npz_writer.js';
import { LAYOUTS, TextWriter } from './text_writer.js';

/** @import { Output, TextOutput } from './output.js' */

/**
 * What is to be written.
 *
 * @typedef {object} RowsOptions
 * @property {number} dimension numbers in an embedding
 * @property {number} hopSize seconds between two
 * @property {number} [start] timestamp of the first one, seconds; default 0
 * @property {() => object} [metadata] how the embeddings were made, as JSON holds it; asked for at the end. Of the formats
 *   npz and json have a place for it
 */

/** @typedef {'npz' | 'npy'} BinaryFormat It goes back to its beginning at the end, to say how many embeddings there are. */
/** @typedef {'csv' | 'json' | 'jsonl'} TextFormat It goes out as it comes. */
/** @typedef {BinaryFormat | TextFormat} OutputFormat The form of a file of embeddings. */

/**
 * @typedef {object} RowWriter
 * @property {(embedding: Float32Array) => Promise<void>} write the next one, not to change afterwards
 * @property {() => Promise<void>} end
 */

const BINARY_WRITERS = { npz: NpzWriter, npy: NpyWriter };

/**
 * @param {string} format
 * @throws {EdgeL3Error} option_invalid
 */
export function checkFormat(format) {
  const known = { ...BINARY_WRITERS, ...LAYOUTS };
  if (Object.hasOwn(known, format)) return;
  throw new EdgeL3Error(
    'option_invalid',
    `format must be one of ${Object.keys(known).join(', ')}${describeChoice(format, Object.keys(known))}.`,
  );
}

/**
 * @param {OutputFormat} format
 * @returns {format is TextFormat}
 */
export function isText(format) {
  return Object.hasOwn(LAYOUTS, format);
}

/**
 * @param {OutputFormat} format
 * @param {Output} output
 * @param {RowsOptions} rows
 * @returns {RowWriter}
 */
export function openWriter(format, output, rows) {
  return isText(format) ? openTextWriter(format, output, rows) : new BINARY_WRITERS[format](output, rows);
}

/**
 * @param {TextFormat} format
 * @param {TextOutput} output
 * @param {RowsOptions} rows
 * @returns {RowWriter}
 */
export function openTextWriter(format, output, rows) {
  return new TextWriter(output, rows, LAYOUTS[format]);
}
