import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';
import { unwritableFile } from './file_errors.js';
import { temporaryPath } from './temporary_file.js';
import { isGone, nameThisProcess } from './this_process.js';

/**
 * A file that says which process works on something, so that no other one does. That of a process that is gone does not
 * count; whether one of another machine is, nobody can tell.
 */
export class LockFile {
  #path;

  /**
   * @param {string} path of the lock
   * @param {string} name of what is locked, for the message
   * @returns {Promise<LockFile>} to be released
   * @throws {EdgeL3Error} output_unwritable if another process has it
   */
  static async take(path, name) {
    for (;;) {
      if (await create(path)) return new LockFile(path);
      const owner = await readFile(path, 'utf8').catch(() => undefined);
      // It was released just now.
      if (owner === undefined) continue;
      if (!(await isGone(owner))) {
        throw new EdgeL3Error(
          'output_unwritable',
          `${name} is being written by another process; wait until it has ended. (If none is at work on another machine either, remove ${path}.)`,
        );
      }
      await removeAbandoned(path, owner);
    }
  }

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
  }

  async release() {
    await rm(this.#path, { force: true });
  }
}

/**
 * @param {string} path
 * @returns {Promise<boolean>} false if it is there
 * @throws {EdgeL3Error} output_unwritable
 */
async function create(path) {
  const owner = await nameThisProcess();
  const temporary = await temporaryPath(dirname(path));
  try {
    // Under its name it must never stand without its content.
    await writeFile(temporary, owner);
    await link(temporary, path).catch((cause) => {
      if (cause.code === 'EEXIST') throw cause;
      // Some file systems have no links.
      return writeFile(path, owner, { flag: 'wx' });
    });
    return true;
  } catch (cause) {
    if (/** @type {NodeJS.ErrnoException} */ (cause).code === 'EEXIST') return false;
    throw unwritableFile(path, cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * @param {string} path
 * @param {string} owner
 */
async function removeAbandoned(path, owner) {
  const aside = await temporaryPath(dirname(path));
  await rename(path, aside).catch(() => {});
  // Another process may have removed it too, and have taken the lock since.
  const taken = await readFile(aside, 'utf8').catch(() => owner);
  if (taken !== owner) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
