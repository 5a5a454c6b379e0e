import { EdgeL3Error } from '../common/errors.js';
import { crc32 } from './crc32.js';
import { NPY_HEADER_BYTES, npyHeader } from './npy.js';

/** @import { Output } from './output.js' */

/** Lengths in a zip file have 32 bits. */
const MAX_BYTES = 2 ** 32 - 1;

/** Bytes of an entry's header in front of its name: at the entry itself, and in the directory at the end. */
const LOCAL_BYTES = 30;
const DIRECTORY_BYTES = 46;
const END_BYTES = 22;

/** 1980-01-01 in a zip file: always the same, so that the same numbers give the same file. */
const DATE = 0x21;

/** @typedef {{ name: string, start: number, end: number, crc: number }} Entry from its header to its last byte */

/**
 * Writes numpy's .npz as `numpy.savez` does: an uncompressed zip of .npy files. An array may be longer than memory: its
 * numbers are appended to the output between `begin` and `complete`, which only then says how many there are. Not by a
 * library, because none writes a header after what follows it.
 */
export class NpzFile {
  #output;
  /** @type {Entry[]} */
  #entries = [];
  #name = '';
  #start = 0;

  /** @param {Output} output */
  constructor(output) {
    this.#output = output;
  }

  /**
   * Leaves a place for the headers of the next array.
   *
   * @param {string} name in ASCII
   */
  async begin(name) {
    this.#name = `${name}.npy`;
    this.#start = this.#output.position;
    await this.#output.append(new Uint8Array(LOCAL_BYTES + this.#name.length + NPY_HEADER_BYTES));
  }

  /**
   * Writes the headers of the array whose numbers are all there.
   *
   * @param {string} type numpy's name of it, such as '<f4'
   * @param {number[]} shape one or two numbers
   */
  async complete(type, shape) {
    const [name, start, end] = [this.#name, this.#start, this.#output.position];
    if (end > MAX_BYTES) {
      throw new EdgeL3Error('output_unwritable', 'An .npz file ends at 4 GB; take another format instead.');
    }
    const content = start + LOCAL_BYTES + name.length;
    await this.#output.overwrite(npyHeader(type, shape), content);
    let crc = 0;
    for await (const bytes of this.#output.read(content, end)) crc = crc32(bytes, crc);
    const entry = { name, start, end, crc };
    await this.#output.overwrite(localHeader(entry), start);
    this.#entries.push(entry);
  }

  /**
   * Writes the directory.
   *
   * @param {string} [comment] of the archive: at most 65,535 bytes, which numpy does not see
   */
  async end(comment = '') {
    const start = this.#output.position;
    for (const entry of this.#entries) await this.#output.append(directoryHeader(entry));
    const length = this.#output.position - start;
    await this.#output.append(endOfDirectory(this.#entries.length, start, length, comment));
  }
}

/**
 * The headers of PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16; what stays zero there means stored, no
 * extra field, no comment of an entry, one disk.
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
 * @param {number} count of entries
 * @param {number} start of the directory
 * @param {number} length of it
 * @param {string} comment
 */
function endOfDirectory(count, start, length, comment) {
  const { bytes, view } = createHeader(END_BYTES, 0x06054b50, comment);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, length, true);
  view.setUint32(16, start, true);
  view.setUint16(20, bytes.length - END_BYTES, true);
  return bytes;
}

/**
 * @param {number} length bytes in front of the text
 * @param {number} signature the four bytes it begins with
 * @param {string} text that follows: a name, or a comment
 */
function createHeader(length, signature, text) {
  const encoded = new TextEncoder().encode(text);
  const bytes = new Uint8Array(length + encoded.length);
  bytes.set(encoded, length);
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
