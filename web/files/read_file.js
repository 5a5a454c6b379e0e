import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { unreadableFile } from './file_errors.js';

/** Bytes that are read at once. */
const CHUNK_BYTES = 2 ** 17;

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
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES });
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
}
