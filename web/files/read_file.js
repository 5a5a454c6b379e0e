import { readFile } from 'node:fs/promises';
import { unreadableFile } from './file_errors.js';
import { OpenFile } from './open_file.js';

/** Bytes that are read at once, at most: a short sound as a whole. */
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
  /** @type {OpenFile | undefined} */
  let file;
  try {
    // Not a stream of Node, which takes several times as long for a short file.
    file = await OpenFile.open(path, 'r');
    // Of a pipe nobody knows it, and a file may grow.
    const length = Math.min(file.size || CHUNK_BYTES, CHUNK_BYTES);
    for (;;) {
      const bytes = Buffer.allocUnsafeSlow(length);
      const count = await file.read(bytes, null);
      if (count === 0) return;
      yield bytes.subarray(0, count);
    }
  } catch (cause) {
    throw unreadableFile(path, cause);
  } finally {
    await file?.close();
  }
}
