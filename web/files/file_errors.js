import { dirname } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';

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
