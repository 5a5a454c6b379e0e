// Its own file, loaded only when a Keras file is met: a page that uses the built-in model never downloads jsfive.
import { File } from 'jsfive';

/** @typedef {import('jsfive').Group} Group */
/** @typedef {import('jsfive').Dataset} Dataset */

/**
 * Opens an HDF5 file. jsfive throws plain strings, here and while reading; the caller turns them into errors.
 *
 * @param {Uint8Array} bytes
 * @returns {Group}
 */
export function openHdf5(bytes) {
  // jsfive reads from the very beginning of an ArrayBuffer.
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return new File(/** @type {ArrayBuffer} */ ((whole ? bytes : bytes.slice()).buffer), 'model.h5');
}

/**
 * A list of strings. Keras writes it padded with NULs, and cut into name0, name1, ... if it is long.
 *
 * @param {Group} group
 * @param {string} name
 * @returns {string[] | undefined} undefined if the group has no such attribute
 */
export function readStrings(group, name) {
  const { attrs } = group;
  const chunks = name in attrs ? [attrs[name]] : [];
  if (chunks.length === 0) for (let i = 0; `${name}${i}` in attrs; i++) chunks.push(attrs[`${name}${i}`]);
  return chunks.length === 0 ? undefined : chunks.flat().map((text) => String(text).replace(/\0+$/, ''));
}
