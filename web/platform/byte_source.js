import { readSource } from '#platform';
import { isBlob, readBlob } from '../common/blob.js';
import { isBuffer } from '../common/bytes.js';
import { EdgeL3Error } from '../common/errors.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/**
 * Where the bytes of a file are: at a URL, or in memory. In Node a string is a path or a URL. Buffers may be shared or
 * resizable.
 *
 * @typedef {string | URL | Uint8Array | ArrayBuffer | SharedArrayBuffer | Blob} ByteSource
 */

/**
 * WebAssembly.Module, in projects whose types have it: those of Node alone have not.
 *
 * @typedef {typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never} WasmModule
 */

/** @typedef {ByteSource | WasmModule} WasmSource A WebAssembly module: where its bytes are, or what was compiled of them. */

/**
 * The bytes of a file that the caller gives in one of many forms.
 *
 * @param {string} option under which it is given
 * @param {ByteSource} source
 * @param {TransferOptions} [transfer]
 * @returns {Promise<Uint8Array<ArrayBuffer>>} not the caller's own, which may change
 * @throws {EdgeL3Error} option_invalid, file_not_found, file_unreadable, aborted
 */
export async function readByteSource(option, source, transfer) {
  if (isUrl(source)) return readSource(typeof source === 'string' ? source : new URL(source.href), transfer);
  if (isBlob(source)) return new Uint8Array(await readBlob(source));
  if (isBuffer(source)) return new Uint8Array(new Uint8Array(/** @type {ArrayBuffer} */ (source)));
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source;
    return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
  }
  throw new EdgeL3Error(
    'option_invalid',
    `${option} must be a path or URL, a Uint8Array, an ArrayBuffer, a Blob or a File.`,
  );
}

/**
 * @param {unknown} source
 * @returns {source is string | URL}
 */
export function isUrl(source) {
  return typeof source === 'string' || hasTag(source, 'URL');
}

/**
 * The tag, unlike instanceof, also knows what comes from another window or a test runner's context.
 *
 * @param {unknown} value
 * @param {string[]} tags
 */
export function hasTag(value, ...tags) {
  return tags.some((tag) => Object.prototype.toString.call(value) === `[object ${tag}]`);
}
