/** The folder outside the checkout that keeps what the set-up fetched, so that the next clone needs no network. */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const { EDGEL3_CACHE, XDG_CACHE_HOME } = process.env;
/** The folder of all that is kept. */
export const cacheFolder = resolve(
  EDGEL3_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'edgel3'),
);
const toolchainFolder = join(cacheFolder, 'toolchain');

/**
 * The folder `name` of the cache; `fill` makes its contents where it does not exist yet.
 *
 * It appears complete or not at all: `fill` works in a temporary folder which is renamed at the end. Two set-ups
 * at once may both fill one, and whichever ends last throws its own away. What a set-up that was killed left behind is
 * cleared away.
 *
 * @param {string} name
 * @param {(temporaryFolder: string, finalFolder: string) => void} fill
 * @returns {string} absolute path
 */
export function cached(name, fill) {
  const folder = join(toolchainFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(toolchainFolder, { recursive: true });
  removeLeftovers(name);
  const temporaryFolder = mkdtempSync(`${folder}.${process.pid}.`);
  try {
    fill(temporaryFolder, folder);
    renameSync(temporaryFolder, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
  }
  return folder;
}

/** Removes the temporary folders for `name` whose process has ended. */
function removeLeftovers(/** @type {string} */ name) {
  for (const file of readdirSync(toolchainFolder).filter((file) => file.startsWith(`${name}.`))) {
    const [pid] = file.slice(name.length + 1).match(/^\d+(?=\.\w{6}$)/) ?? [];
    if (pid && !isRunning(Number(pid))) {
      rmSync(join(toolchainFolder, file), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user, perhaps.
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}
