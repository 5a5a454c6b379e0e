import { dirname } from 'node:path';
import { EdgeL3Error } from '../errors.js';

/**
 * @param {string} kind such as 'WAV'
 * @param {string} reason
 */
export function unsupportedFile(kind, reason) {
  return new EdgeL3Error('file_unsupported', `This ${kind} file cannot be read: ${reason}.`);
}

/**
 * @param {string} kind such as 'WAV'
 * @param {string} reason
 * @param {unknown} [cause]
 */
export function damagedFile(kind, reason, cause) {
  return new EdgeL3Error('file_damaged', `This ${kind} file is damaged: ${reason}.`, cause);
}

/**
 * Asks a decoder that is not ours. Of some damaged files it says so, of others it throws whatever comes up.
 *
 * @template R
 * @param {string} kind such as 'MP3'
 * @param {() => R} operation
 * @returns {Promise<Awaited<R>>}
 * @throws {EdgeL3Error} file_damaged
 */
export async function askDecoder(kind, operation) {
  try {
    return await operation();
  } catch (cause) {
    throw damagedFile(kind, `its decoder gives up (${cause})`, cause);
  }
}

/**
 * @param {string | URL} path
 * @param {unknown} cause what Node's file system says
 */
export function unreadableFile(path, cause) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
  if (code === 'ENOENT') return new EdgeL3Error('file_not_found', `There is no file ${path}.`, cause);
  if (code === 'EISDIR') {
    return new EdgeL3Error('file_unreadable', `${path} is a folder, not a file.`, cause);
  }
  return new EdgeL3Error('file_unreadable', `${path} could not be read: ${message}.`, cause);
}

/**
 * @param {string} path
 * @param {unknown} cause what Node's file system says
 */
export function unwritableFile(path, cause) {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (cause);
  const reason = code === 'ENOENT' ? `there is no folder ${dirname(path)}` : message;
  return new EdgeL3Error('output_unwritable', `${path} could not be written: ${reason}.`, cause);
}
