import { concatenate } from './concatenate.js';

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {string} these bytes, each as the character of its number (Latin-1)
 */
export function textAt(bytes, start, end) {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** @param {Uint8Array} bytes */
export function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * @template {Uint8Array} T
 * @param {T[]} parts
 * @returns {T | Uint8Array<ArrayBuffer>} all of them in one; the only one itself
 */
export function joinBytes(parts) {
  return parts.length === 1 ? parts[0] : concatenate(Uint8Array, parts);
}

/**
 * @param {unknown} value
 * @returns {value is ArrayBuffer | SharedArrayBuffer} also of another window: its tag, unlike instanceof, says so
 */
export function isBuffer(value) {
  return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
}

/**
 * The bytes of a buffer, or of what views one. Of a buffer that others can write to or shrink meanwhile (shared,
 * resizable) they are a copy: functions of the host refuse such buffers.
 *
 * @param {ArrayBuffer | SharedArrayBuffer | ArrayBufferView} source
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function toBytes(source) {
  const { buffer, byteOffset, byteLength } = isBuffer(source)
    ? { buffer: source, byteOffset: 0, byteLength: source.byteLength }
    : source;
  const bytes = new Uint8Array(/** @type {ArrayBuffer} */ (buffer), byteOffset, byteLength);
  const isFixed =
    Object.prototype.toString.call(buffer) === '[object ArrayBuffer]' && !Reflect.get(buffer, 'resizable');
  return isFixed ? bytes : new Uint8Array(bytes);
}
