/*
 * The part of HDF5 in which Keras writes its files, as the "HDF5 File Format Specification Version 3.0" has it:
 * superblock 0, groups as symbol tables, contiguous or compact datasets, strings. What a count or an address says is
 * never trusted: every read is checked against the file's end and every walk is bounded, so that a damaged file ends
 * in an Hdf5Error or a RangeError, soon.
 */

const SIGNATURE = '\x89HDF\r\n\x1a\n';

/** Types of the messages in an object's header (section IV.A.2). */
const DATASPACE = 0x01;
const DATATYPE = 0x03;
const LAYOUT = 0x08;
const ATTRIBUTE = 0x0c;
const CONTINUATION = 0x10;
const SYMBOL_TABLE = 0x11;

/** Classes of a datatype. */
const FLOATING_POINT = 1;
const STRING = 3;
const VARIABLE_LENGTH = 9;

/** A Keras file has less than a hundred groups and datasets in a group. */
const MAX_LINKS = 10_000;

/** Says what of a file is damaged, or is HDF5 but not as Keras writes it. */
export class Hdf5Error extends Error {}

/**
 * @param {unknown} cause what reading such a file ended with
 * @returns {string} in words for people, who know nothing of this program
 */
export function explainDamage(cause) {
  if (cause instanceof Hdf5Error) return cause.message;
  if (cause instanceof RangeError) return 'it ends before what it says that it holds';
  if (cause instanceof SyntaxError) return 'its settings (model_config) are not JSON';
  return 'its parts do not fit together';
}

/**
 * @param {Uint8Array} bytes
 * @returns {boolean} whether they begin as HDF5 does
 */
export function isHdf5(bytes) {
  return String.fromCharCode(...bytes.subarray(0, 8)) === SIGNATURE;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Hdf5Object} the root group
 * @throws {Hdf5Error | RangeError}
 */
export function openHdf5(bytes) {
  const file = new FileView(bytes);
  if (!isHdf5(bytes)) throw new Hdf5Error('it does not begin as HDF5 does');
  if (file.u8(8) !== 0 || file.u8(13) !== 8 || file.u8(14) !== 8) {
    throw new Hdf5Error("it is written in a newer form of HDF5; save it again with h5py's defaults");
  }
  return new Hdf5Object(file, file.u64(64));
}

/** Numbers and pieces of the file at absolute addresses. */
class FileView {
  #bytes;
  #view;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param {number} at */
  u8(at) {
    return this.#view.getUint8(at);
  }

  /** @param {number} at */
  u16(at) {
    return this.#view.getUint16(at, true);
  }

  /** @param {number} at */
  u32(at) {
    return this.#view.getUint32(at, true);
  }

  /** @param {number} at */
  u64(at) {
    return Number(this.#view.getBigUint64(at, true));
  }

  /**
   * @param {number} at
   * @param {number} length
   */
  bytes(at, length) {
    if (at + length > this.#bytes.length) throw new Hdf5Error('it is truncated');
    return this.#bytes.subarray(at, at + length);
  }

  /**
   * @param {number} at
   * @param {number} length of the longest possible text; it ends before at the first NUL
   */
  text(at, length) {
    const bytes = this.bytes(at, length);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  }

  /**
   * @param {number} at
   * @param {string} signature four letters with which every larger structure begins
   */
  expect(at, signature) {
    if (this.text(at, 4) !== signature) throw new Hdf5Error(`there is no ${signature} at ${at}`);
  }
}

/** A group or a dataset. */
export class Hdf5Object {
  #file;
  /** @type {{ type: number, at: number, size: number }[]} */
  #messages = [];
  /** @type {Map<string, number> | undefined} addresses of a group's members */
  #links;

  /**
   * @param {FileView} file
   * @param {number} address
   */
  constructor(file, address) {
    this.#file = file;
    if (file.u8(address) !== 1) throw new Hdf5Error(`there is no object at ${address}`);
    const count = file.u16(address + 2);
    const blocks = [{ at: address + 16, end: address + 16 + file.u32(address + 8) }];
    for (const block of blocks) {
      while (this.#messages.length < count && block.at + 8 <= block.end) {
        const message = { type: file.u16(block.at), at: block.at + 8, size: file.u16(block.at + 2) };
        this.#messages.push(message);
        block.at = message.at + message.size;
        if (message.type === CONTINUATION) {
          const at = file.u64(message.at);
          blocks.push({ at, end: at + file.u64(message.at + 8) });
        }
      }
    }
  }

  /**
   * @param {string} path names with '/' between them
   * @returns {Hdf5Object | undefined}
   */
  get(path) {
    const [name, ...rest] = path.split('/');
    this.#links ??= this.#readLinks();
    const address = this.#links.get(name);
    if (address === undefined) return undefined;
    const child = new Hdf5Object(this.#file, address);
    return rest.length === 0 ? child : child.get(rest.join('/'));
  }

  /**
   * An attribute of one or more strings.
   *
   * @param {string} name
   * @returns {string[] | undefined} undefined if there is no attribute of this name, or it is no string
   */
  strings(name) {
    const file = this.#file;
    for (const { type, at } of this.#messages) {
      if (type !== ATTRIBUTE) continue;
      const version = file.u8(at);
      const sizes = [file.u16(at + 2), file.u16(at + 4), file.u16(at + 6)];
      const starts = [at + (version === 3 ? 9 : 8)];
      for (const size of sizes)
        starts.push((starts.at(-1) ?? 0) + (version === 1 ? Math.ceil(size / 8) * 8 : size));
      if (file.text(starts[0], sizes[0]) === name) return this.#readStrings(starts[1], starts[2], starts[3]);
    }
    return undefined;
  }

  /** @returns {number[]} of a dataset */
  get shape() {
    return readShape(this.#file, this.#find(DATASPACE).at);
  }

  /**
   * @returns {Float64Array} all elements of a floating-point dataset, row-major
   */
  readFloats() {
    const file = this.#file;
    const type = this.#find(DATATYPE).at;
    const size = file.u32(type + 4);
    if ((file.u8(type) & 15) !== FLOATING_POINT || (size !== 4 && size !== 8) || file.u8(type + 1) & 1) {
      throw new Hdf5Error('an array is not of little-endian floats of 32 or 64 bits');
    }
    const count = this.shape.reduce((product, side) => product * side, 1);
    // A copy, for the alignment. Not slice(): a Buffer's does not copy.
    const { buffer } = new Uint8Array(this.#findData(count * size));
    return size === 8 ? new Float64Array(buffer) : Float64Array.from(new Float32Array(buffer));
  }

  /** @param {number} type */
  #find(type) {
    const message = this.#messages.find((candidate) => candidate.type === type);
    if (!message) throw new Hdf5Error('a dataset lacks a part of its description');
    return message;
  }

  /** @param {number} length bytes */
  #findData(length) {
    const file = this.#file;
    const { at } = this.#find(LAYOUT);
    const [version, layoutClass] = [file.u8(at), file.u8(at + 1)];
    if (version === 3 && layoutClass === 0) return file.bytes(at + 4, length);
    if (version === 3 && layoutClass === 1) return file.bytes(file.u64(at + 2), length);
    throw new Hdf5Error('an array is compressed or cut into chunks; save it again without');
  }

  /**
   * @param {number} type address of the datatype
   * @param {number} space address of the dataspace
   * @param {number} data
   */
  #readStrings(type, space, data) {
    const file = this.#file;
    const typeClass = file.u8(type) & 15;
    if (typeClass !== STRING && typeClass !== VARIABLE_LENGTH) return undefined;
    const size = file.u32(type + 4);
    const count = readShape(file, space).reduce((product, side) => product * side, 1);
    // Now it is certain that the elements are there, and so how many there can be at most.
    file.bytes(data, count * Math.max(1, size));
    return Array.from({ length: count }, (_, index) => {
      const at = data + index * size;
      return typeClass === STRING ? file.text(at, size) : this.#readHeapText(at);
    });
  }

  /**
   * A string of variable length: its length, and where it lies in the global heap (section III.E).
   *
   * @param {number} reference
   */
  #readHeapText(reference) {
    const file = this.#file;
    const [length, heap, index] = [file.u32(reference), file.u64(reference + 4), file.u32(reference + 12)];
    if (length === 0) return '';
    file.expect(heap, 'GCOL');
    const end = heap + file.u64(heap + 8);
    for (let at = heap + 16; at + 16 <= end; ) {
      const found = file.u16(at);
      if (found === index) return file.text(at + 16, length);
      if (found === 0) break;
      at += 16 + Math.ceil(file.u64(at + 8) / 8) * 8;
    }
    throw new Hdf5Error('a string is missing');
  }

  /** Names and addresses of a group's members: the leaves of a B-tree (sections III.A.1, III.B and III.D). */
  #readLinks() {
    const file = this.#file;
    /** @type {Map<string, number>} */
    const links = new Map();
    const table = this.#messages.find(({ type }) => type === SYMBOL_TABLE);
    if (!table) return links;
    const heap = file.u64(table.at + 8);
    file.expect(heap, 'HEAP');
    const [namesSize, names] = [file.u64(heap + 8), file.u64(heap + 24)];
    let visits = 0;
    const visit = (/** @type {number} */ node, /** @type {number} */ level) => {
      file.expect(node, 'TREE');
      if (file.u8(node + 5) !== level) throw new Hdf5Error('the tree of a group is damaged');
      for (let child = 0; child < file.u16(node + 6); child++) {
        if (++visits > MAX_LINKS) throw new Hdf5Error('a group has too many members');
        const address = file.u64(node + 32 + child * 16);
        if (level > 0) visit(address, level - 1);
        else visitLeaf(address);
      }
    };
    const visitLeaf = (/** @type {number} */ leaf) => {
      file.expect(leaf, 'SNOD');
      for (let entry = 0; entry < file.u16(leaf + 6); entry++) {
        if (++visits > MAX_LINKS) throw new Hdf5Error('a group has too many members');
        const at = leaf + 8 + entry * 40;
        const offset = file.u64(at);
        links.set(file.text(names + offset, namesSize - offset), file.u64(at + 8));
      }
    };
    const root = file.u64(table.at);
    visit(root, file.u8(root + 5));
    return links;
  }
}

/**
 * @param {FileView} file
 * @param {number} at a dataspace
 * @returns {number[]} empty for a single element
 */
function readShape(file, at) {
  const [version, rank] = [file.u8(at), file.u8(at + 1)];
  const sides = at + (version === 1 ? 8 : 4);
  return Array.from({ length: rank }, (_, index) => file.u64(sides + index * 8));
}
