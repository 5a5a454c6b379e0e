import { dirname } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { EdgeL3Error } from '../common/errors.js';

/**
 * @param {string | URL} path
 * @param {unknown} cause what Node's file system says
 */
export function unreadableFile(path, cause) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
  if (code === 'ENOENT' && String(path).includes('\ufffd')) {
    return new EdgeL3Error(
      'file_not_found',
      `${path} cannot be opened: its name is not UTF-8; rename it.`,
      cause,
    );
  }
  if (code === 'ENOENT') return new EdgeL3Error('file_not_found', `There is no file ${path}.`, cause);
  if (code === 'EISDIR') {
    return new EdgeL3Error('file_unreadable', `${path} is a folder, not a file.`, cause);
  }
  return new EdgeL3Error('file_unreadable', `${path} could not be read: ${reasonOf(cause)}.`, cause);
}

/**
 * @param {string | URL} path
 * @param {unknown} cause what Node's file system says
 */
export function unwritableFile(path, cause) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
  const reason = code === 'ENOENT' ? `there is no folder ${dirname(String(path))}` : reasonOf(cause);
  return new EdgeL3Error('output_unwritable', `${path} could not be written: ${reason}.`, cause);
}

/**
 * Why the system refuses something, without what Node adds: names of calls, and of files that a person has never seen.
 *
 * @param {unknown} cause what Node's file system says
 * @returns {string} such as 'no space left on device (ENOSPC)'
 */
export function reasonOf(cause) {
  const { errno, message } = /** @type {NodeJS.ErrnoException} */ (cause);
  const [code, reason] = getSystemErrorMap().get(errno ?? 0) ?? [];
  return reason === undefined ? message : `${reason} (${code})`;
}
