import { randomUUID } from 'node:crypto';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import { EdgeL3Error } from '../node.js';
import { UsageError } from './usage_error.js';

/**
 * Refuses to write where something is, before the work begins.
 *
 * @param {string | undefined} path
 * @param {boolean} overwrite
 * @returns {Promise<string>}
 * @throws {UsageError}
 */
export async function checkOutput(path, overwrite) {
  if (path === undefined) throw new UsageError('--output says where to write: -o FILE');
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere && !overwrite) {
    throw new UsageError(`${path} is there already; --overwrite replaces it`);
  }
  return path;
}

/**
 * Writes a file that appears whole or not at all.
 *
 * @param {string} path
 * @param {string | Iterable<string>} text
 * @throws {EdgeL3Error} output_unwritable
 */
export async function saveText(path, text) {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    const { code } = /** @type {NodeJS.ErrnoException} */ (cause);
    throw new EdgeL3Error('output_unwritable', `${path} could not be written (${code}).`, cause);
  }
}
