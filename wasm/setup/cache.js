/** The folder outside the checkout that keeps what the set-up fetched, so that the next clone needs no network. */

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const { EDGEL3_CACHE, XDG_CACHE_HOME } = process.env;
const cacheFolder = EDGEL3_CACHE || join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'edgel3');
const toolchainFolder = resolve(cacheFolder, 'toolchain');

/**
 * The folder `name` of the cache; `fill` makes its contents where it does not exist yet.
 *
 * It appears complete or not at all: `fill` works in a temporary folder which is renamed at the end. Two set-ups
 * at once may both fill one, and whichever ends last throws its own away.
 *
 * @param {string} name
 * @param {(temporaryFolder: string, finalFolder: string) => void} fill
 * @returns {string} absolute path
 */
export function cached(name, fill) {
  const folder = join(toolchainFolder, name);
  if (existsSync(folder)) return folder;
  mkdirSync(toolchainFolder, { recursive: true });
  const temporaryFolder = mkdtempSync(`${folder}.`);
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
