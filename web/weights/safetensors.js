import { EdgeL3Error } from '../common/errors.js';

/**
 * One tensor of a safetensors file. `data` holds the elements as they stand in the file (little-endian); F16 as bits.
 *
 * @typedef {{ dtype: 'F32', shape: number[], data: Float32Array }
 *   | { dtype: 'F16', shape: number[], data: Uint16Array }
 *   | { dtype: 'U8', shape: number[], data: Uint8Array }} Tensor
 */

/** @typedef {{ metadata: Record<string, string>, tensors: Record<string, Tensor> }} TensorFile */

const ELEMENTS = { F32: Float32Array, F16: Uint16Array, U8: Uint8Array };

/** The data section starts at a multiple of this, so that every element is aligned to its own size. */
const ALIGNMENT = 16;

/** As the core's limit; a model's header has a few kilobytes. */
const MAX_HEADER_BYTES = 1_000_000;

/**
 * Writes a safetensors file: tensors by falling element size, so that all are aligned without holes, then by
 * name, so that the same tensors always give the same bytes.
 *
 * @param {TensorFile} file
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function writeSafetensors({ metadata, tensors }) {
  const sorted = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) =>
      b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || (nameA < nameB ? -1 : 1),
  );
  /** @type {Record<string, unknown>} */
  const header = { __metadata__: metadata };
  let end = 0;
  for (const [name, { dtype, shape, data }] of sorted) {
    header[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const { start, bytes } = startFile(header, end);
  let position = start;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/**
 * @param {Record<string, unknown>} header
 * @param {number} length of the data
 * @returns {{ start: number, bytes: Uint8Array<ArrayBuffer> }} a file without its data, which begins at `start`
 */
function startFile(header, length) {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = Math.ceil((8 + json.length) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(start + length).fill(0x20, 8, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - 8), true);
  bytes.set(json, 8);
  return { start, bytes };
}

/**
 * Reads a safetensors file whole.
 *
 * @param {Uint8Array} bytes
 * @returns {TensorFile}
 * @throws {EdgeL3Error} model_invalid
 */
export function readSafetensors(bytes) {
  const { header, dataStart } = parseHeader(bytes);
  const { __metadata__: metadata, ...entries } = header;
  /** @type {Record<string, Tensor>} */
  const tensors = {};
  let end = 0;
  for (const [name, entry] of Object.entries(entries).sort(([, a], [, b]) => offset(a, 0) - offset(b, 0))) {
    const { dtype, shape } = entry ?? {};
    const Elements = ELEMENTS[/** @type {Tensor['dtype']} */ (dtype)];
    const [from, to] = [offset(entry, 0), offset(entry, 1)];
    if (!Elements || from !== end || to - from !== sizeOf(shape) * Elements.BYTES_PER_ELEMENT) {
      throw invalid(`tensor '${name}' has an unknown type, or a size that does not match its place`);
    }
    if (dataStart + to > bytes.length) throw invalid(`it is truncated inside tensor '${name}'`);
    // A copy, for the alignment. Not slice(): a Buffer's does not copy.
    const data = new Elements(new Uint8Array(bytes.subarray(dataStart + from, dataStart + to)).buffer);
    tensors[name] = /** @type {Tensor} */ ({ dtype, shape, data });
    end = to;
  }
  if (dataStart + end !== bytes.length) throw invalid('bytes follow the last tensor');
  return { metadata: metadata ?? {}, tensors };
}

/**
 * The free text that a file carries about itself.
 *
 * @param {Uint8Array} bytes
 * @returns {Record<string, string>}
 * @throws {EdgeL3Error} model_invalid
 */
export function readMetadata(bytes) {
  return { __proto__: null, ...parseHeader(bytes).header.__metadata__ };
}

/**
 * A copy of a file with other metadata; the tensors stay as they are.
 *
 * @param {Uint8Array} bytes
 * @param {Record<string, string>} metadata
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {EdgeL3Error} model_invalid
 */
export function replaceMetadata(bytes, metadata) {
  const { header, dataStart } = parseHeader(bytes);
  const { start, bytes: copy } = startFile({ ...header, __metadata__: metadata }, bytes.length - dataStart);
  copy.set(bytes.subarray(dataStart), start);
  return copy;
}

/**
 * Where a file ends, as its header has it.
 *
 * @param {Uint8Array} start of the file, with the whole header
 * @returns {number} bytes; NaN if the header is no model's
 * @throws {EdgeL3Error} model_invalid
 */
export function readDataEnd(start) {
  const { header, dataStart } = parseHeader(start);
  const { __metadata__, ...entries } = header;
  return dataStart + Math.max(0, ...Object.values(entries).map((entry) => offset(entry, 1)));
}

/**
 * @param {Uint8Array} bytes
 * @returns {{ header: Record<string, any>, dataStart: number }}
 */
function parseHeader(bytes) {
  if (bytes.length < 8) throw invalid(`it has only ${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES || 8 + length > bytes.length) {
    throw invalid('its header is longer than the file; it is truncated or not a model file at all');
  }
  try {
    const header = JSON.parse(
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)),
    );
    if (header === null || typeof header !== 'object' || Array.isArray(header))
      throw new TypeError('not an object');
    return { header, dataStart: 8 + length };
  } catch (cause) {
    throw invalid('its header is not JSON', cause);
  }
}

/**
 * @param {any} entry
 * @param {0 | 1} which begin or end
 * @returns {number}
 */
function offset(entry, which) {
  const value = entry?.data_offsets?.[which];
  return Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}

/**
 * @param {any} shape
 * @returns {number} NaN if it is no shape
 */
function sizeOf(shape) {
  const isShape = Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  return isShape ? shape.reduce((product, side) => product * side, 1) : Number.NaN;
}

/**
 * @param {string} reason
 * @param {unknown} [cause]
 */
function invalid(reason, cause) {
  return new EdgeL3Error('model_invalid', `This is not a readable safetensors file: ${reason}.`, cause);
}
