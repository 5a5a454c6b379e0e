import { open, rm } from 'node:fs/promises';
import { EdgeL3Error } from '../common/errors.js';
import { FileBytes } from '../files/file_bytes.js';
import { unwritableFile } from '../files/file_errors.js';
import { crc32 } from '../outputs/crc32.js';
import { describeDifference } from './provenance.js';

/** @import { FileHandle } from 'node:fs/promises' */
/** @import { InputFacts } from './input_facts.js' */
/** @import { Rows } from '../outputs/table/table.js' */

/**
 * A record: the length of its head and of its numbers, the head as JSON, the numbers, and the checksum of both.
 *
 * @typedef {object} Head
 * @property {string} [provenance] of the first record: what makes the rows
 * @property {string} [file] whose rows these are
 * @property {number} [count] rows: starts, ends and embedding follow
 * @property {CompleteFile} [complete] of the last record of a file
 */

/** @typedef {{ records: number[], input: InputFacts }} CompleteFile where the records of its rows begin, and its sound */

const LENGTHS_BYTES = 8;
const CRC_BYTES = 4;

/**
 * The sounds that are done of a table that is not: a file beside it, to which every sound is added as it comes. What was
 * being written when a run was cut off is left out when the journal is opened again.
 */
export class TableJournal {
  #path;
  #file;
  #bytes;
  #end;
  /** @type {Map<string, number[]>} where the records of each file that is being added begin */
  #begun = new Map();
  /** @type {Map<string, CompleteFile>} */
  #complete = new Map();
  #writing = Promise.resolve();

  /**
   * @param {string} path
   * @param {string} provenance
   * @returns {Promise<TableJournal>} what was there already goes on, if it was made the same way
   * @throws {EdgeL3Error} output_unwritable
   */
  static async open(path, provenance) {
    /** @type {FileHandle | undefined} */
    let file;
    /** @type {FileBytes | undefined} */
    let bytes;
    try {
      file = await open(path, 'a+');
      bytes = await FileBytes.open(path);
      const journal = new TableJournal(path, file, bytes);
      await journal.#read(provenance);
      return journal;
    } catch (cause) {
      await bytes?.close();
      await file?.close();
      if (cause instanceof EdgeL3Error) throw cause;
      throw unwritableFile(path, cause);
    }
  }

  /**
   * @param {string} path
   * @param {FileHandle} file
   * @param {FileBytes} bytes
   */
  constructor(path, file, bytes) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
    this.#end = 0;
  }

  /** Whether no file is complete. */
  get isEmpty() {
    return this.#complete.size === 0;
  }

  /** The files that are complete, with what is known of their sounds, in the order of their names. */
  get files() {
    const files = Array.from(this.#complete, ([file, { input }]) => ({ ...input, file }));
    return files.sort((one, other) => (one.file < other.file ? -1 : 1));
  }

  /**
   * @param {string} file
   * @returns {InputFacts | undefined} its sound; undefined if it is not complete
   */
  find(file) {
    return this.#complete.get(file)?.input;
  }

  /**
   * Adds rows of a file, which count once `complete` was called for it.
   *
   * @param {Rows} rows
   */
  async add({ file, starts, ends, embedding }) {
    const numbers = [starts, ends, embedding].map(
      ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
    );
    const at = await this.#append({ file, count: starts.length }, numbers);
    this.#begun.set(file, [...(this.#begun.get(file) ?? []), at]);
  }

  /**
   * @param {string} file all of whose rows were added
   * @param {InputFacts} input
   */
  async complete(file, input) {
    const complete = { records: this.#begun.get(file) ?? [], input };
    await this.#append({ file, complete }, []);
    this.#complete.set(file, complete);
    this.#begun.delete(file);
  }

  /** @param {string} file whose rows, as far as they were added, shall not count */
  forget(file) {
    this.#begun.delete(file);
  }

  /**
   * @param {string} file
   * @returns {AsyncGenerator<Rows>}
   */
  async *rows(file) {
    for (const at of this.#complete.get(file)?.records ?? []) {
      const record = await this.#readRecord(at);
      if (!record)
        throw new EdgeL3Error('file_damaged', `${this.#path} is damaged; remove it, and run again.`);
      const { head, numbers } = record;
      const count = Number(head.count);
      const times = numbers.slice(0, 16 * count).buffer;
      yield {
        file,
        starts: new Float64Array(times, 0, count),
        ends: new Float64Array(times, 8 * count, count),
        embedding: new Float32Array(numbers.slice(16 * count).buffer),
      };
    }
  }

  async close() {
    await this.#writing;
    await this.#bytes.close();
    await this.#file.close();
  }

  /** Its rows stand elsewhere now. */
  async remove() {
    await this.close();
    await rm(this.#path, { force: true });
  }

  /** @param {string} provenance */
  async #read(provenance) {
    for (;;) {
      const record = await this.#readRecord(this.#end);
      if (!record) break;
      const { head, length } = record;
      const difference = this.#end === 0 && describeDifference(String(head.provenance), provenance);
      if (difference) {
        throw new EdgeL3Error(
          'output_unwritable',
          `${this.#path} was begun with other options (${difference}); remove it, or use those again.`,
        );
      }
      if (head.file !== undefined && head.complete) this.#complete.set(head.file, head.complete);
      this.#end += length;
    }
    await this.#file.truncate(this.#end);
    if (this.#end === 0) await this.#append({ provenance }, []);
  }

  /**
   * @param {number} at
   * @returns {Promise<{ head: Head, numbers: Uint8Array<ArrayBuffer>, length: number } | undefined>} undefined where the
   *   journal ends, or was cut off
   */
  async #readRecord(at) {
    const lengths = await this.#bytes.read(at, at + LENGTHS_BYTES);
    if (lengths.length < LENGTHS_BYTES) return undefined;
    const view = new DataView(lengths.buffer, lengths.byteOffset);
    const [headLength, numbersLength] = [view.getUint32(0, true), view.getUint32(4, true)];
    const start = at + LENGTHS_BYTES;
    const length = headLength + numbersLength + CRC_BYTES;
    const body = await this.#bytes.read(start, start + length);
    if (body.length < length) return undefined;
    const content = body.subarray(0, headLength + numbersLength);
    if (new DataView(body.buffer, body.byteOffset).getUint32(content.length, true) !== crc32(content)) {
      return undefined;
    }
    return {
      head: JSON.parse(new TextDecoder().decode(content.subarray(0, headLength))),
      numbers: content.slice(headLength),
      length: LENGTHS_BYTES + length,
    };
  }

  /**
   * @param {Head} head
   * @param {Uint8Array[]} numbers
   * @returns {Promise<number>} where the record begins
   */
  async #append(head, numbers) {
    const encoded = new TextEncoder().encode(JSON.stringify(head));
    const numbersLength = numbers.reduce((sum, { length }) => sum + length, 0);
    const record = new Uint8Array(LENGTHS_BYTES + encoded.length + numbersLength + CRC_BYTES);
    const view = new DataView(record.buffer);
    view.setUint32(0, encoded.length, true);
    view.setUint32(4, numbersLength, true);
    record.set(encoded, LENGTHS_BYTES);
    let at = LENGTHS_BYTES + encoded.length;
    for (const part of numbers) {
      record.set(part, at);
      at += part.length;
    }
    view.setUint32(at, crc32(record.subarray(LENGTHS_BYTES, at)), true);
    const written = this.#writing.then(() => this.#write(record));
    this.#writing = written.then(
      () => {},
      () => {},
    );
    return written;
  }

  /** @param {Uint8Array} record */
  async #write(record) {
    const start = this.#end;
    try {
      for (let done = 0; done < record.length; ) {
        const { bytesWritten } = await this.#file.write(record, done, record.length - done);
        done += bytesWritten;
      }
    } catch (cause) {
      // What a full disk took of the record must not stand in front of the next one.
      await this.#file.truncate(start).catch(() => {});
      throw unwritableFile(this.#path, cause);
    }
    this.#end = start + record.length;
    return start;
  }
}
