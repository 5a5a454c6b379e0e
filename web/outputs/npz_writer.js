import { EdgeL3Error } from '../common/errors.js';
import { crc32 } from './crc32.js';
import { NPY_HEADER_BYTES, npyHeader } from './npy.js';

/** Lengths in a zip file have 32 bits. */
const MAX_BYTES = 2 ** 32 - 1;

/** Bytes of an entry's header in front of its name: at the entry itself, and in the directory at the end. */
const LOCAL_BYTES = 30;
const DIRECTORY_BYTES = 46;
const END_BYTES = 22;

/** 1980-01-01 in a zip file: always the same, so that the same numbers give the same file. */
const DATE = 0x21;

/** Timestamps that are made at once. */
const PIECE_LENGTH = 4096;

/** @typedef {{ name: string, start: number, end: number, crc: number }} Entry from its header to its last byte */

/**
 * Writes numpy's .npz as `numpy.savez` does: an uncompressed zip with `embedding.npy`, float32, T x D, and
 * `timestamps.npy`, float64, T seconds. Not by a library: it must know neither how many embeddings will come nor hold
 * them.
 */
export class NpzWriter {
  #output;
  #dimension;
  #hopSize;
  #count = 0;

  /**
   * @param {import('./output.js').Output} output
   * @param {import('./formats.js').RowsOptions} options
   */
  constructor(output, { dimension, hopSize }) {
    this.#output = output;
    this.#dimension = dimension;
    this.#hopSize = hopSize;
  }

  /** @param {Float32Array} embedding the next one, not to change afterwards */
  async write(embedding) {
    if (this.#count++ === 0) await this.#reserve('embedding.npy');
    await this.#output.append(new Uint8Array(embedding.buffer, embedding.byteOffset, embedding.byteLength));
  }

  async end() {
    const output = this.#output;
    const start = output.position;
    await this.#reserve('timestamps.npy');
    for (let index = 0; index < this.#count; index += PIECE_LENGTH) {
      const length = Math.min(PIECE_LENGTH, this.#count - index);
      const times = Float64Array.from({ length }, (_, offset) => (index + offset) * this.#hopSize);
      await output.append(new Uint8Array(times.buffer));
    }
    const end = output.position;
    if (end > MAX_BYTES) {
      throw new EdgeL3Error('output_unwritable', "An .npz file ends at 4 GB; take the format 'npy' instead.");
    }
    const entries = [
      await this.#complete('embedding.npy', npyHeader('<f4', [this.#count, this.#dimension]), 0, start),
      await this.#complete('timestamps.npy', npyHeader('<f8', [this.#count]), start, end),
    ];
    for (const entry of entries) await output.append(directoryHeader(entry));
    await output.append(endOfDirectory(entries, end, output.position - end));
  }

  /**
   * Leaves a place for headers that say what is not known yet.
   *
   * @param {string} name
   */
  #reserve(name) {
    return this.#output.append(new Uint8Array(LOCAL_BYTES + name.length + NPY_HEADER_BYTES));
  }

  /**
   * @param {string} name
   * @param {Uint8Array} header of the array
   * @param {number} start
   * @param {number} end
   * @returns {Promise<Entry>}
   */
  async #complete(name, header, start, end) {
    const content = start + LOCAL_BYTES + name.length;
    await this.#output.overwrite(header, content);
    let crc = 0;
    for await (const bytes of this.#output.read(content, end)) crc = crc32(bytes, crc);
    const entry = { name, start, end, crc };
    await this.#output.overwrite(localHeader(entry), start);
    return entry;
  }
}

/**
 * The headers of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16; what stays zero there means stored, no
 * extra field, no comment, one disk.
 *
 * @param {Entry} entry
 */
function localHeader(entry) {
  const { bytes, view } = createHeader(LOCAL_BYTES, 0x04034b50, entry.name);
  writeCommon(view, 4, entry);
  return bytes;
}

/** @param {Entry} entry */
function directoryHeader(entry) {
  const { bytes, view } = createHeader(DIRECTORY_BYTES, 0x02014b50, entry.name);
  view.setUint16(4, 20, true);
  writeCommon(view, 6, entry);
  view.setUint32(42, entry.start, true);
  return bytes;
}

/**
 * @param {Entry[]} entries
 * @param {number} start of the directory
 * @param {number} length of it
 */
function endOfDirectory(entries, start, length) {
  const { bytes, view } = createHeader(END_BYTES, 0x06054b50, '');
  view.setUint16(8, entries.length, true);
  view.setUint16(10, entries.length, true);
  view.setUint32(12, length, true);
  view.setUint32(16, start, true);
  return bytes;
}

/**
 * @param {number} length bytes in front of the name
 * @param {number} signature the four bytes it begins with
 * @param {string} name in ASCII
 */
function createHeader(length, signature, name) {
  const bytes = new Uint8Array(length + name.length);
  bytes.set(new TextEncoder().encode(name), length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  return { bytes, view };
}

/**
 * What both kinds of header have in the same order: version, flags, method, time, date, checksum, two sizes, name.
 *
 * @param {DataView} header
 * @param {number} at
 * @param {Entry} entry
 */
function writeCommon(header, at, { name, start, end, crc }) {
  const size = end - start - LOCAL_BYTES - name.length;
  header.setUint16(at, 20, true);
  header.setUint16(at + 8, DATE, true);
  header.setUint32(at + 10, crc, true);
  header.setUint32(at + 14, size, true);
  header.setUint32(at + 18, size, true);
  header.setUint16(at + 22, name.length, true);
}
