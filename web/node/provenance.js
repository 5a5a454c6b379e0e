import { createRequire } from 'node:module';
import { textAt } from '../common/bytes.js';
import { FileBytes } from '../files/file_bytes.js';
import { toFilePath } from '../files/file_path.js';
import { readMetadata } from '../outputs/metadata.js';
import { readTable } from '../outputs/table/table.js';

/** @import { EmbeddingModel } from '../embedding/model.js' */
/** @import { InputFacts } from './input_facts.js' */

/**
 * How a file of embeddings was made.
 *
 * @typedef {object} Provenance
 * @property {string} edgel3 version of this package; empty where a bundler has put it into another one
 * @property {string} model its name
 * @property {string} sha256 of the model's bytes
 * @property {'baseline' | 'relaxed'} build of the module: their numbers differ in the last digits
 * @property {number} hopSize seconds
 * @property {boolean} center whether window k is centred on k * hopSize
 * @property {string | null} pooling of a table: what one row for each sound is made by; null: a row for each window
 * @property {number} [from] seconds: where the part begins that was embedded, if not all of the sound was
 * @property {number} [to] seconds: where it ends
 * @property {boolean} [normalize] of a table: whether every row has the length 1
 * @property {number} [sampleRate] of the sound, Hz
 * @property {number} [samples] of each channel of the sound, or of the part
 * @property {InputFacts} [input] the sound file; of a table, or of sound that came through a pipe, there is none
 */

/** @type {string | undefined} of this package */
let version;

/** What may differ without a difference in what was asked for. */
const NOT_COMPARED = ['edgel3', 'sampleRate', 'samples'];

/**
 * @param {EmbeddingModel} model
 * @param {{ hopSize: number, center: boolean, pooling?: string, from?: number, to?: number }} options
 * @returns {Provenance} what is known before any sound is
 */
export function provenanceOf({ identity, build }, { hopSize, center, pooling, from, to }) {
  return {
    edgel3: findVersion(),
    model: identity.name,
    sha256: identity.sha256,
    build,
    hopSize,
    center,
    pooling: pooling ?? null,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** @returns {string} of this package; empty where a bundler has put it into a program of another name */
function findVersion() {
  if (version !== undefined) return version;
  try {
    const found = createRequire(import.meta.url)('../package.json');
    version = found.name === 'edgel3' ? String(found.version) : '';
  } catch {
    version = '';
  }
  return version;
}

/**
 * How a file of embeddings was made: a table as Parquet or npz, or one sound's embeddings as npz or json.
 *
 * @param {string | URL} path
 * @returns {Promise<Provenance | undefined>} undefined where it does not say: npy, csv and jsonl have no place for it, and other
 *   programs do not write it
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable, file_damaged
 */
export async function readProvenance(path) {
  const bytes = await FileBytes.open(toFilePath('path', path));
  try {
    const isParquet = textAt(await bytes.read(0, 4), 0, 4) === 'PAR1';
    const text = isParquet ? (await readTable('parquet', bytes)).provenance : await readMetadata(bytes);
    const provenance = text === undefined ? undefined : parse(text);
    return provenance?.sha256 === undefined ? undefined : /** @type {any} */ (provenance);
  } finally {
    await bytes.close();
  }
}

/**
 * @param {Provenance} there
 * @param {Provenance} here
 * @returns {string} as describeDifference
 */
export function describeOther(there, here) {
  const isOfOther = there.input !== undefined && there.input.name !== here.input?.name;
  // Of another file its size and time are no news.
  const compared = (/** @type {Provenance} */ provenance) =>
    JSON.stringify({ ...provenance, ...(isOfOther && { input: { name: provenance.input?.name } }) });
  return describeDifference(compared(there), compared(here));
}

/**
 * What differs between two ways to make a file, of what must be the same if one shall stand for the other.
 *
 * @param {string} there JSON of how it was made, from a file
 * @param {string} here JSON of how it would be made now
 * @returns {string} such as 'hopSize is 0.1 there, and 1 here'; empty if nothing does
 */
export function describeDifference(there, here) {
  const before = flatten(parse(there));
  const now = flatten(parse(here));
  const show = (/** @type {unknown} */ value) => JSON.stringify(value) ?? 'not known';
  return Object.keys({ ...before, ...now })
    .filter((name) => !NOT_COMPARED.includes(name) && show(before[name]) !== show(now[name]))
    .map((name) => `${name} is ${show(before[name])} there, and ${show(now[name])} here`)
    .join('; ');
}

/**
 * @param {Record<string, unknown>} facts
 * @returns {Record<string, unknown>} with 'input name' instead of `name` in `input`
 */
function flatten({ input, ...facts }) {
  const inner = Object.entries(Object(input)).map(([name, value]) => [`input ${name}`, value]);
  return { ...facts, ...Object.fromEntries(inner) };
}

/** @param {string} text @returns {Record<string, unknown>} */
function parse(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    // Another program's file, or a damaged one: all of it differs.
    return {};
  }
}
