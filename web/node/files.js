import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EdgeL3Error } from '../errors.js';

/**
 * @param {string | URL} path
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} file_not_found, file_unreadable
 */
export async function readFileBytes(path) {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
    if (code === 'ENOENT') throw new EdgeL3Error('file_not_found', `There is no file ${path}.`, cause);
    if (code === 'EISDIR')
      throw new EdgeL3Error('file_unreadable', `${path} is a folder, not a file.`, cause);
    throw new EdgeL3Error('file_unreadable', `${path} could not be read: ${message}.`, cause);
  }
}

/**
 * Writes a file whole or not at all: under a temporary name beside it, then renamed over what was there.
 *
 * @param {string} path
 * @param {Uint8Array} bytes
 * @throws {EdgeL3Error} output_unwritable
 */
export async function writeFileWhole(path, bytes) {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, bytes);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
    const reason = code === 'ENOENT' ? `there is no folder ${dirname(path)}` : message;
    throw new EdgeL3Error('output_unwritable', `${path} could not be written: ${reason}.`, cause);
  }
}
