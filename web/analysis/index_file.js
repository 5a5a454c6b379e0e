import { EdgeL3Error } from '../common/errors.js';

/** @import { SoundId } from './sound_index.js' */
/** @typedef {{ dimension: number, ids: SoundId[] }} Head */

/** The first eight bytes; the last of them is the version. */
const MAGIC = 'EDGEL3I';
const VERSION = 1;

/** Bytes before the head: the magic number, the version and the head's length (uint32, little-endian), padded. */
const PREFIX = 16;

/** Bytes: embeddings begin at a multiple of it. */
const ALIGNMENT = 8;

/**
 * An index as bytes: a prefix, a head in JSON, padded with spaces, and the embeddings (float32, little-endian, row by
 * row).
 *
 * @param {Head & { vectors: Float32Array[] }} index `vectors`: all rows, in pieces
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeIndex({ dimension, ids, vectors }) {
  const head = new TextEncoder().encode(JSON.stringify({ dimension, ids }));
  const start = PREFIX + Math.ceil(head.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + ids.length * dimension * 4);
  bytes.fill(0x20, PREFIX, start);
  new TextEncoder().encodeInto(MAGIC, bytes);
  bytes[MAGIC.length] = VERSION;
  new DataView(bytes.buffer).setUint32(8, start - PREFIX, true);
  bytes.set(head, PREFIX);
  let at = start;
  for (const piece of vectors) {
    bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at);
    at += piece.byteLength;
  }
  return bytes;
}

/**
 * @param {Uint8Array} bytes
 * @returns {Head & { vectors: Float32Array }}
 * @throws {EdgeL3Error} file_unsupported, file_damaged
 */
export function readIndex(bytes) {
  const isBytes = Object.prototype.toString.call(bytes) === '[object Uint8Array]';
  if (!isBytes || bytes.length < PREFIX || decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw new EdgeL3Error('file_unsupported', 'This is no index: give the bytes that SoundIndex.save gave.');
  }
  const version = bytes[MAGIC.length];
  if (version !== VERSION) {
    throw new EdgeL3Error(
      'file_unsupported',
      `This index has version ${version}, and this edgel3 reads version ${VERSION}.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = PREFIX + view.getUint32(8, true);
  const { dimension, ids } = parse(bytes.subarray(PREFIX, start));
  const isHead = Array.isArray(ids) && Number.isInteger(dimension) && dimension >= 0;
  if (!isHead || bytes.length !== start + ids.length * dimension * 4 || (dimension === 0 && ids.length > 0)) {
    throw new EdgeL3Error('file_damaged', 'This index is damaged: its parts do not fit together.');
  }
  // A copy, since the bytes may begin anywhere in their buffer; not by slice, which of a Buffer of Node is a view.
  return { dimension, ids, vectors: new Float32Array(new Uint8Array(bytes.subarray(start)).buffer) };
}

/** @param {Uint8Array} bytes @returns {any} */
function parse(bytes) {
  try {
    return JSON.parse(decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

/** @param {Uint8Array} bytes */
function decode(bytes) {
  return new TextDecoder().decode(bytes);
}
