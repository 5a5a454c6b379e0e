import { EdgeL3Error } from '../../common/errors.js';
import { NpzFile } from '../npz_file.js';
import { toInputs } from './inputs.js';
import { RowCollector } from './row_collector.js';

/** @import { Output } from '../output.js' */
/** @import { Bytes, Inputs, Rows, StoredTable, TableOptions } from './table.js' */

/** Rows whose file names are written at once. */
const PIECE_ROWS = 4096;

/** Bytes of the end of a zip file in front of its comment, and the longest comment. */
const END_BYTES = 22;
const MAX_COMMENT = 2 ** 16 - 1;

/**
 * A table as numpy's .npz: `embedding`, float32, N x D, then `start` and `end`, float64, N seconds, and `file`, N strings. The
 * embeddings go out as they come; names and times, 16 bytes a row, are held until the end. What made the table is the archive's
 * comment, which holds 65,535 bytes: not enough for the inputs, which stand between the last array and the archive's directory.
 * Readers of zip archives go by the directory, and do not see what is there.
 */
export class NpzTable {
  #output;
  #file;
  #dimension;
  #provenance;
  /** @type {Omit<Rows, 'embedding'>[]} */
  #rows = [];
  #count = 0;

  /**
   * @param {Output} output
   * @param {TableOptions} options
   */
  static async create(output, options) {
    return new NpzTable(output, options);
  }

  /**
   * @param {Output} output
   * @param {TableOptions} options
   */
  constructor(output, { dimension, provenance }) {
    this.#output = output;
    this.#file = new NpzFile(output);
    this.#dimension = dimension;
    this.#provenance = provenance;
  }

  /** @param {Rows} rows */
  async write({ embedding, ...rows }) {
    if (this.#rows.length === 0) await this.#file.begin('embedding');
    this.#rows.push(rows);
    this.#count += rows.starts.length;
    await this.#output.append(toBytes(embedding));
  }

  /** @param {Inputs} inputs */
  async end(inputs) {
    if (this.#rows.length === 0) await this.#file.begin('embedding');
    await this.#file.complete('<f4', [this.#count, this.#dimension]);
    await this.#writeTimes('start', 'starts');
    await this.#writeTimes('end', 'ends');
    await this.#writeFiles();
    await this.#output.append(toBytes(inputs));
    await this.#file.end(this.#provenance);
  }

  /**
   * @param {string} name
   * @param {'starts' | 'ends'} which
   */
  async #writeTimes(name, which) {
    await this.#file.begin(name);
    for (const rows of this.#rows) await this.#output.append(toBytes(rows[which]));
    await this.#file.complete('<f8', [this.#count]);
  }

  /** numpy's strings all have the length of the longest, in UTF-32. */
  async #writeFiles() {
    const letters = (/** @type {string} */ text) =>
      Array.from(text, (letter) => Number(letter.codePointAt(0)));
    const width = this.#rows.reduce((most, { file }) => Math.max(most, letters(file).length), 1);
    await this.#file.begin('file');
    for (const { file, starts } of this.#rows) {
      const name = new Uint32Array(width);
      name.set(letters(file));
      for (let done = 0; done < starts.length; done += PIECE_ROWS) {
        const count = Math.min(PIECE_ROWS, starts.length - done);
        const names = new Uint32Array(count * width);
        for (let row = 0; row < count; row++) names.set(name, row * width);
        await this.#output.append(toBytes(names));
      }
    }
    await this.#file.complete(`<U${width}`, [this.#count]);
  }

  /** @param {Bytes} bytes @returns {Promise<StoredTable>} */
  static async read(bytes) {
    const { arrays, comment, end, directoryStart } = await findArrays(bytes);
    const rows = readRows(bytes, arrays);
    if (comment === '') return { rows };
    return { provenance: comment, inputs: toInputs(await bytes.read(end, directoryStart)), rows };
  }
}

/** @typedef {{ type: string, shape: number[], start: number }} StoredArray where its numbers start */

/** @param {Float32Array | Float64Array | Uint32Array} numbers */
function toBytes(numbers) {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/**
 * @param {Bytes} bytes
 * @returns {Promise<{ arrays: Record<string, StoredArray>, comment: string, end: number, directoryStart: number }>} end: of
 *   the last array
 */
async function findArrays(bytes) {
  const tailStart = Math.max(0, bytes.byteLength - END_BYTES - MAX_COMMENT);
  const tail = await bytes.read(tailStart, bytes.byteLength);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let at = tail.length - END_BYTES;
  while (at >= 0 && view.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw new EdgeL3Error('file_damaged', 'This .npz file is cut off: it has no directory.');
  const comment = new TextDecoder().decode(tail.subarray(at + END_BYTES));
  const directoryStart = view.getUint32(at + 16, true);
  const directory = await bytes.read(directoryStart, directoryStart + view.getUint32(at + 12, true));
  const entries = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  /** @type {Record<string, StoredArray>} */
  const arrays = {};
  let end = 0;
  for (let entry = 0; entry < directory.length; ) {
    const nameLength = entries.getUint16(entry + 28, true);
    const name = new TextDecoder().decode(directory.subarray(entry + 46, entry + 46 + nameLength));
    const local = entries.getUint32(entry + 42, true);
    const content = local + 30 + nameLength;
    end = Math.max(end, content + entries.getUint32(entry + 20, true));
    const header = await bytes.read(content, content + 10);
    const headerLength = header[8] | (header[9] << 8);
    const text = new TextDecoder().decode(await bytes.read(content + 10, content + 10 + headerLength));
    const [, type, shape] = /'descr': '([^']+)'.*'shape': \(([^)]*)\)/.exec(text) ?? [];
    if (type === undefined) throw new EdgeL3Error('file_damaged', `This .npz file is damaged at ${name}.`);
    arrays[name.replace(/\.npy$/, '')] = {
      type,
      shape: shape.split(',').filter(Boolean).map(Number),
      start: content + 10 + headerLength,
    };
    entry += 46 + nameLength + entries.getUint16(entry + 30, true) + entries.getUint16(entry + 32, true);
  }
  return { arrays, comment, end, directoryStart };
}

/**
 * @param {Bytes} bytes
 * @param {Record<string, StoredArray>} arrays
 * @returns {AsyncGenerator<Rows>}
 */
async function* readRows(bytes, { embedding, start, end, file }) {
  if (!embedding || !start || !end || !file) {
    throw new EdgeL3Error(
      'file_unsupported',
      'This .npz file is no table: it lacks file, start, end or embedding.',
    );
  }
  const [count, dimension] = embedding.shape;
  const width = Number(file.type.slice(2));
  const collector = new RowCollector();
  for (let row = 0; row < count; row += PIECE_ROWS) {
    const rows = Math.min(PIECE_ROWS, count - row);
    const part = async (/** @type {StoredArray} */ array, /** @type {number} */ rowBytes) =>
      (await bytes.read(array.start + row * rowBytes, array.start + (row + rows) * rowBytes)).slice().buffer;
    const numbers = new Float32Array(await part(embedding, 4 * dimension));
    const starts = new Float64Array(await part(start, 8));
    const ends = new Float64Array(await part(end, 8));
    const names = new Uint32Array(await part(file, 4 * width));
    for (let index = 0; index < rows; index++) {
      const letters = names.subarray(index * width, (index + 1) * width).filter((letter) => letter !== 0);
      const vector = numbers.subarray(index * dimension, (index + 1) * dimension);
      yield* collector.add(String.fromCodePoint(...letters), starts[index], ends[index], vector);
    }
  }
  yield* collector.end();
}
