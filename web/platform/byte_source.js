import { readSource } from '#platform';
import { EdgeL3Error } from '../common/errors.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @typedef {string | URL | Uint8Array | ArrayBuffer | Blob} ByteSource in Node a string is a path or a URL */

/**
 * WebAssembly.Module, in projects whose types have it: those of Node alone have not.
 *
 * @typedef {typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never} WasmModule
 */

/** @typedef {ByteSource | WasmModule} WasmSource */

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
  if (typeof source === 'string' || source instanceof URL) return readSource(source, transfer);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice(0));
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source;
    return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
  }
  throw new EdgeL3Error(
    'option_invalid',
    `${option} must be a path or URL, a Uint8Array, an ArrayBuffer, a Blob or a File.`,
  );
}
