import { EdgeL3Error } from '../errors.js';
import { CsvWriter } from './csv_writer.js';
import { JsonWriter } from './json_writer.js';
import { JsonlWriter } from './jsonl_writer.js';
import { NpyWriter } from './npy_writer.js';
import { NpzWriter } from './npz_writer.js';

/** @typedef {{ dimension: number, hopSize: number }} RowsOptions numbers in an embedding; seconds between two */
/** @typedef {{ append: (bytes: Uint8Array) => Promise<void> }} TextOutput what a file and standard output have */
/** @typedef {'npz' | 'npy' | 'csv' | 'json' | 'jsonl'} Format */

/** How each format is written. Text goes out as it comes; the others go back to say how many embeddings there are. */
export const FORMATS = {
  npz: { isText: false, Writer: NpzWriter },
  npy: { isText: false, Writer: NpyWriter },
  csv: { isText: true, Writer: CsvWriter },
  json: { isText: true, Writer: JsonWriter },
  jsonl: { isText: true, Writer: JsonlWriter },
};

/**
 * @param {string} format
 * @throws {EdgeL3Error} option_invalid
 */
export function checkFormat(format) {
  if (Object.hasOwn(FORMATS, format)) return;
  throw new EdgeL3Error(
    'option_invalid',
    `The format must be one of ${Object.keys(FORMATS).join(', ')}, not ${format}.`,
  );
}
