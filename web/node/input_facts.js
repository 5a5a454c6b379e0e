import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { unreadableFile } from '../files/file_errors.js';

/**
 * Which sound file was embedded.
 *
 * @typedef {object} InputFacts
 * @property {string} name without folders
 * @property {number} bytes how long it is
 * @property {string} modified when, as ISO 8601
 */

/**
 * @param {string} path of a sound file
 * @returns {Promise<InputFacts>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable
 */
export async function describeInput(path) {
  const { size, mtime } = await stat(path).catch((cause) => {
    throw unreadableFile(path, cause);
  });
  return { name: basename(path), bytes: size, modified: mtime.toISOString() };
}
