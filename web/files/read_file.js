import { open, readFile } from 'node:fs/promises';
import { unreadableFile } from './file_errors.js';

/** @import { FileHandle } from 'node:fs/promises' */

/** Bytes that are read at once: a short sound as a whole. */
const CHUNK_BYTES = 2 ** 18;

/**
 * @param {string | URL} path
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable
 */
export async function readFileBytes(path) {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
}

/**
 * @param {string | URL} path
 * @returns {AsyncGenerator<Uint8Array>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable
 */
export async function* readFileChunks(path) {
  /** @type {FileHandle | undefined} */
  let file;
  try {
    // Not a stream, which reads ahead, and takes several times as long for a short file.
    file = await open(path, 'r');
    for (;;) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (cause) {
    throw unreadableFile(path, cause);
  } finally {
    await file?.close();
  }
}
