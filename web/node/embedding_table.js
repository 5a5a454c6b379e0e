import { POOLING_KIND, poolOverTime } from '../analysis/pooling.js';
import { l2Normalize } from '../analysis/vectors.js';
import { ANYTHING, FLAG, readOptions } from '../common/options.js';
import { chooseModel, EMBEDDING_KINDS } from '../embedding/embedding.js';
import { toFilePath } from '../files/file_path.js';
import { embedAudio } from './embed_audio.js';
import { inSeconds } from './in_seconds.js';
import { describeInput } from './input_facts.js';
import { openSoundFile } from './open_sound_file.js';
import { provenanceOf } from './provenance.js';
import { PART_KINDS } from './sound_part.js';
import { TableFile } from './table_file.js';

/** @import { PartOptions } from './sound_part.js' */
/** @import { Pooling } from '../analysis/pooling.js' */
/** @import { EmbeddingModel, EmbeddingOptions } from '../index.js' */
/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { WarningOptions } from '../embedding/warnings.js' */

/** Windows that are handed on together, at most. */
const PIECE_WINDOWS = 1024;

/**
 * What a table holds.
 *
 * @typedef {PartOptions & RowChoices} TableChoices
 */

/**
 * The rows of a table.
 *
 * @typedef {object} RowChoices
 * @property {EmbeddingModel} [model] default: the built-in one
 * @property {number} [hopSize] seconds between windows; default 0.1
 * @property {boolean} [center] whether the first window is centred on the first sample; default true
 * @property {Pooling} [pooling] one row for each sound, made of its windows as poolOverTime does; default: a row for each window
 * @property {boolean} [normalize] gives every row the length 1; default false
 * @property {boolean} [overwrite] whether to leave out what is in the table already; default false
 * @property {boolean} [ffmpeg] as for processFile
 */

/** @typedef {TransferOptions & WarningOptions} FileListeners Who is told how it goes with one file, and what stops it. */

const TABLE_KINDS = {
  model: ANYTHING,
  hopSize: EMBEDDING_KINDS.hopSize,
  center: EMBEDDING_KINDS.center,
  pooling: POOLING_KIND,
  normalize: FLAG,
  overwrite: FLAG,
  ffmpeg: FLAG,
  ...PART_KINDS,
};

/**
 * One file for the embeddings of many sound files, with the columns file, start and end (seconds) and embedding: Parquet, npz,
 * csv or jsonl. It appears whole or not at all, never holds the embeddings in memory, keeps what is in it, and goes on where
 * a run was cut off.
 */
export class EmbeddingTable {
  #file;
  #model;
  #choices;

  /**
   * @param {string | URL} path whose ending says the format: .parquet, .npz, .csv or .jsonl
   * @param {TableChoices} [options]
   * @returns {Promise<EmbeddingTable>} to be given to finish() or close()
   * @throws {import('../common/errors.js').EdgeL3Error} option_invalid, output_unwritable (it was made with other options),
   *   file_damaged
   */
  static async open(path, options) {
    const own = readOptions(options, TABLE_KINDS);
    const {
      hopSize = 0.1,
      center = true,
      pooling,
      normalize = false,
      overwrite = false,
      ffmpeg,
      from,
      to,
    } = own;
    const model = await chooseModel({ model: own.model });
    const provenance = JSON.stringify({
      ...provenanceOf(model, { hopSize, center, pooling, from, to }),
      normalize,
    });
    const dimension = model.embeddingDimension * (pooling === 'meanstd' ? 2 : 1);
    const file = await TableFile.open(toFilePath('path', path), { dimension, provenance, overwrite });
    return new EmbeddingTable(file, model, { hopSize, center, pooling, normalize, ffmpeg, from, to });
  }

  /**
   * @internal
   * @param {TableFile} file
   * @param {EmbeddingModel} model
   * @param {Required<Pick<TableChoices, 'hopSize' | 'center' | 'normalize'>> & TableChoices} choices
   */
  constructor(file, model, choices) {
    this.#file = file;
    this.#model = model;
    this.#choices = choices;
  }

  /**
   * Whether the sound of a file is in the table. A table of csv or jsonl has no place for the sizes and times of its sounds.
   *
   * @param {string} path as it was given to `add`
   * @returns {Promise<'absent' | 'same' | 'unknown'>} 'unknown': there is one of this name, and the table does not say of which sound
   * @throws {import('../common/errors.js').EdgeL3Error} output_unwritable if the file has another size or time now;
   *   file_not_found, file_unreadable
   */
  async find(path) {
    return this.#file.find(path, await describeInput(path));
  }

  /**
   * Adds the sound of a file, all of it or nothing. If it was there already, it takes its place.
   *
   * @param {string} path under which it stands in the table
   * @param {FileListeners} [listeners]
   * @returns {Promise<[number, number]>} the shape of what was added: rows and numbers in each
   * @throws {import('../common/errors.js').EdgeL3Error} as processFile
   */
  async add(path, listeners) {
    const { hopSize, center, ffmpeg, from, to } = this.#choices;
    const rows = new RowWriter(this.#file, path, this.#choices);
    const input = await describeInput(path);
    try {
      const [, dimension] = await embedAudio(
        async (onRead) => inSeconds(await openSoundFile(path, { ffmpeg }, onRead)),
        async () => rows,
        /** @type {EmbeddingOptions} */ ({ ...listeners, model: this.#model, hopSize, center, from, to }),
        input.bytes || undefined,
      );
      await this.#file.complete(path, input);
      return [rows.count, this.#choices.pooling === 'meanstd' ? 2 * dimension : dimension];
    } catch (error) {
      this.#file.forget(path);
      throw error;
    }
  }

  /** Leaves the table as it is. What was added is kept beside it, and the next run goes on from there. */
  async close() {
    await this.#file.close();
  }

  /** Puts the table in its place. */
  async finish() {
    await this.#file.finish();
  }
}

/** The windows of one sound on their way into a table. */
class RowWriter {
  /** Rows that were written. */
  count = 0;
  #file;
  #path;
  #choices;
  /** @type {Float32Array[]} */
  #waiting = [];
  #windows = 0;

  /**
   * @param {TableFile} file
   * @param {string} path
   * @param {Required<Pick<TableChoices, 'hopSize' | 'center' | 'normalize'>> & TableChoices} choices
   */
  constructor(file, path, choices) {
    this.#file = file;
    this.#path = path;
    this.#choices = choices;
  }

  /** @param {Float32Array} embedding */
  async write(embedding) {
    this.#windows++;
    this.#waiting.push(embedding);
    if (!this.#choices.pooling && this.#waiting.length === PIECE_WINDOWS)
      await this.#add(this.#waiting.splice(0));
  }

  async end() {
    const { pooling } = this.#choices;
    const windows = this.#waiting.splice(0);
    if (windows.length > 0) await this.#add(pooling ? [poolOverTime(windows, pooling)] : windows);
  }

  /** @param {Float32Array[]} rows the next ones, or the one that stands for all windows */
  async #add(rows) {
    const { hopSize, center, pooling, normalize, from = 0 } = this.#choices;
    const startOf = (/** @type {number} */ window) => from + window * hopSize - (center ? 0.5 : 0);
    const first = pooling ? 0 : this.#windows - rows.length;
    const last = (/** @type {number} */ row) => (pooling ? this.#windows - 1 : first + row);
    const dimension = rows[0].length;
    const embedding = new Float32Array(rows.length * dimension);
    for (const [index, row] of rows.entries()) {
      embedding.set(normalize ? l2Normalize(row) : row, index * dimension);
    }
    this.count += rows.length;
    await this.#file.add({
      file: this.#path,
      starts: Float64Array.from(rows, (_, row) => startOf(first + row)),
      ends: Float64Array.from(rows, (_, row) => startOf(last(row)) + 1),
      embedding,
    });
  }
}
