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

/** @import { Rows, TableFormat, TableOptions } from '../outputs/table/table.js' */

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
   * @throws {EdgeL3Error} option_invalid, output_unwritable (made with other options, or another process is at work on it),
   *   file_damaged
   */
  static async open(path, options) {
    const format = tableFormatOf(path);
    const hidden = join(dirname(path), `.${basename(path)}`);
    const lock = await LockFile.take(`${hidden}.lock`, path);
    try {
      const known = options.overwrite ? new Set() : await readKnownFiles(path, format, options.provenance);
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
   * @param {Set<string>} parts.known files in the table
   * @param {LockFile} parts.lock
   */
  constructor({ path, format, options, journal, known, lock }) {
    this.#path = path;
    this.#format = format;
    this.#options = options;
    this.#journal = journal;
    this.#known = known;
    this.#lock = lock;
    this.#hasNews = journal.files.length > 0;
  }

  /** @param {string} file */
  has(file) {
    return this.#known.has(file) || this.#journal.has(file);
  }

  /**
   * Adds rows of a file, which count once `complete` was called for it.
   *
   * @param {Rows} rows
   */
  add(rows) {
    return this.#journal.add(rows);
  }

  /** @param {string} file all of whose rows were added */
  async complete(file) {
    await this.#journal.complete(file);
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

  async #write() {
    const output = await OutputFile.create(this.#path);
    const before = this.#known.size > 0 ? await FileBytes.open(this.#path) : undefined;
    try {
      const table = await createTable(this.#format, output, this.#options);
      const waiting = this.#journal.files;
      const writeUpTo = async (/** @type {string | undefined} */ file) => {
        while (waiting.length > 0 && (file === undefined || waiting[0] < file)) {
          for await (const rows of this.#journal.rows(String(waiting.shift()))) await table.write(rows);
        }
      };
      if (before) {
        for await (const rows of (await readTable(this.#format, before)).rows) {
          await writeUpTo(rows.file);
          await table.write(rows);
        }
      }
      await writeUpTo(undefined);
      await table.end();
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
 * @param {string} provenance
 * @returns {Promise<Set<string>>} the files that are in the table already
 */
async function readKnownFiles(path, format, provenance) {
  /** @type {Set<string>} */
  const known = new Set();
  if (!existsSync(path)) return known;
  const bytes = await FileBytes.open(path);
  try {
    const table = await readTable(format, bytes);
    if (table.provenance !== undefined && table.provenance !== provenance) {
      throw new EdgeL3Error(
        'output_unwritable',
        `${path} was made with other options (${describeDifference(table.provenance, provenance)}); give another name, or overwrite it.`,
      );
    }
    for await (const { file } of table.rows) known.add(file);
    return known;
  } finally {
    await bytes.close();
  }
}
