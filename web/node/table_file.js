import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';
import { FileBytes } from '../files/file_bytes.js';
import { LockFile } from '../files/lock_file.js';
import { OutputFile } from '../files/output_file.js';
import { createTable, readTable, tableFormatOf } from '../outputs/table/table.js';
import { describeDifference } from './provenance.js';
import { TableJournal } from './table_journal.js';

/** @import { Inputs, Rows, StoredTable, TableFormat, TableOptions } from '../outputs/table/table.js' */
/** @import { InputFacts } from './input_facts.js' */

/**
 * The files in a table.
 *
 * @typedef {object} KnownFiles
 * @property {Map<string, number>} order of each file: which it is in the table, from 0
 * @property {Inputs | undefined} inputs what the table says of them
 */

/**
 * One file for the embeddings of many sounds, which appears whole or not at all and grows by whole sounds: what is in it
 * already is kept, in the order of the files' names. What a run has done before it was cut off is in a journal beside
 * it, whose name begins with a dot and ends with '.unfinished'; the next run goes on from there. A lock of such a name keeps
 * out all other processes meanwhile.
 */
export class TableFile {
  #path;
  #format;
  #options;
  #journal;
  #known;
  #lock;
  #hasNews = false;

  /**
   * @param {string} path whose ending says the format: .parquet, .npz, .csv or .jsonl
   * @param {TableOptions & { overwrite?: boolean }} options overwrite: whether to leave out what is there
   * @returns {Promise<TableFile>} to be given to finish() or close()
   * @throws {EdgeL3Error} option_invalid, output_unwritable (made with other options, of another length, or another process is at
   *   work on it), file_damaged
   */
  static async open(path, options) {
    const format = tableFormatOf(path);
    const hidden = join(dirname(path), `.${basename(path)}`);
    const lock = await LockFile.take(`${hidden}.lock`, path);
    try {
      const known = await readKnownFiles(path, format, options);
      const journalPath = `${hidden}.unfinished`;
      if (options.overwrite) await rm(journalPath, { force: true });
      const journal = await TableJournal.open(journalPath, options.provenance);
      return new TableFile({ path, format, options, journal, known, lock });
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /**
   * @param {object} parts
   * @param {string} parts.path
   * @param {TableFormat} parts.format
   * @param {TableOptions} parts.options
   * @param {TableJournal} parts.journal
   * @param {KnownFiles} parts.known
   * @param {LockFile} parts.lock
   */
  constructor({ path, format, options, journal, known, lock }) {
    this.#path = path;
    this.#format = format;
    this.#options = options;
    this.#journal = journal;
    this.#known = known;
    this.#lock = lock;
    this.#hasNews = !journal.isEmpty;
  }

  /**
   * Whether the sound of a file is in the table, or was when a run was cut off.
   *
   * @param {string} file
   * @param {InputFacts} input its sound, as it is now
   * @returns {'absent' | 'same' | 'unknown'} unknown: there is one of this name, and nobody can tell of which sound
   * @throws {EdgeL3Error} output_unwritable if the table has it of another sound
   */
  find(file, input) {
    const order = this.#known.order.get(file);
    if (order === undefined) {
      const begun = this.#journal.find(file);
      // Nobody has seen yet what was begun of another sound.
      return begun && describeInputs(begun, input) === '' ? 'same' : 'absent';
    }
    const [bytes, modified] = this.#knownInput(order);
    if (Number.isNaN(bytes)) return 'unknown';
    const there = { name: input.name, bytes, modified: new Date(modified).toJSON() };
    const difference = describeInputs(there, input);
    if (difference === '') return 'same';
    throw new EdgeL3Error(
      'output_unwritable',
      `${this.#path} has ${file} already, and of another sound: ${difference}. Another name keeps both; 'overwrite' makes the whole table again, of what is named then.`,
    );
  }

  /**
   * Adds rows of a file, which count once `complete` was called for it.
   *
   * @param {Rows} rows
   */
  add(rows) {
    return this.#journal.add(rows);
  }

  /**
   * @param {string} file all of whose rows were added; if it was in the table, they take the place of those there
   * @param {InputFacts} input its sound, as it was before it was read
   */
  async complete(file, input) {
    await this.#journal.complete(file, input);
    this.#hasNews = true;
  }

  /** @param {string} file whose rows, as far as they were added, shall not count */
  forget(file) {
    this.#journal.forget(file);
  }

  /** Leaves the table as it is, and what was added in the journal. */
  async close() {
    await this.#journal.close();
    await this.#lock.release();
  }

  /** Puts the table in its place. A table to which nothing was added stays as it is. */
  async finish() {
    try {
      if (this.#hasNews || !existsSync(this.#path)) await this.#write();
      await this.#journal.remove();
    } finally {
      await this.#lock.release();
    }
  }

  /**
   * All rows of the new table, in the order of the files' names.
   *
   * @param {FileBytes | undefined} before the table as it is
   * @returns {AsyncGenerator<{ rows: Rows, input: number[] }>} with what Inputs say of their file
   */
  async *#allRows(before) {
    const added = this.#journal.files;
    const rowsOf = (/** @type {string} */ file) => this.#journal.rows(file);
    let next = 0;
    const addedUpTo = async function* (/** @type {string | undefined} */ end) {
      for (; next < added.length && (end === undefined || added[next].file < end); next++) {
        const { file, bytes, modified } = added[next];
        for await (const rows of rowsOf(file)) yield { rows, input: [bytes, Date.parse(modified)] };
      }
    };
    if (before) {
      for await (const rows of (await readTable(this.#format, before)).rows) {
        yield* addedUpTo(rows.file);
        const isReplaced = this.#journal.find(rows.file) !== undefined;
        if (!isReplaced) yield { rows, input: this.#knownInput(Number(this.#known.order.get(rows.file))) };
      }
    }
    yield* addedUpTo(undefined);
  }

  /**
   * @param {number} order of a file in the table
   * @returns {number[]} as Inputs have it
   */
  #knownInput(order) {
    const { inputs } = this.#known;
    return inputs ? [...inputs.subarray(2 * order, 2 * order + 2)] : [Number.NaN, Number.NaN];
  }

  async #write() {
    const output = await OutputFile.create(this.#path);
    /** @type {FileBytes | undefined} */
    let before;
    try {
      if (this.#known.order.size > 0) before = await FileBytes.open(this.#path);
      const table = await createTable(this.#format, output, this.#options);
      /** @type {number[]} */
      const inputs = [];
      let last;
      for await (const { rows, input } of this.#allRows(before)) {
        if (rows.file !== last) inputs.push(...input);
        last = rows.file;
        await table.write(rows);
      }
      await table.end(Float64Array.from(inputs));
      await output.finish();
    } finally {
      await before?.close();
      await output.discard();
    }
  }
}

/**
 * @param {string} path
 * @param {TableFormat} format
 * @param {TableOptions & { overwrite?: boolean }} options
 * @returns {Promise<KnownFiles>} those that stay
 */
async function readKnownFiles(path, format, { provenance, dimension, overwrite }) {
  /** @type {Map<string, number>} */
  const order = new Map();
  if (overwrite || !existsSync(path)) return { order, inputs: undefined };
  const bytes = await FileBytes.open(path);
  try {
    const table = await readTable(format, bytes);
    const difference = table.provenance === undefined ? '' : describeDifference(table.provenance, provenance);
    if (difference !== '') throw otherTable(path, difference);
    for await (const { file, starts, embedding } of table.rows) {
      const length = embedding.length / starts.length;
      if (length !== dimension) {
        throw otherTable(path, `its embeddings have ${length} numbers, and these would have ${dimension}`);
      }
      if (!order.has(file)) order.set(file, order.size);
    }
    return { order, inputs: table.inputs?.length === 2 * order.size ? table.inputs : undefined };
  } finally {
    await bytes.close();
  }
}

/**
 * @param {string} path
 * @param {string} difference
 */
function otherTable(path, difference) {
  return new EdgeL3Error(
    'output_unwritable',
    `${path} was made with other options (${difference}); give another name, or 'overwrite'.`,
  );
}

/**
 * @param {InputFacts} there
 * @param {InputFacts} here
 * @returns {string} as describeDifference
 */
function describeInputs(there, here) {
  return describeDifference(JSON.stringify({ input: there }), JSON.stringify({ input: here }));
}
