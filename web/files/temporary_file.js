import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { joinPath } from './join_path.js';
import { isGone, nameThisProcess } from './this_process.js';

/**
 * What a temporary file is called, so that another process knows whether the one that writes it is still there. The
 * name of the output is not in it: the longest names would become too long.
 */
const NAME = /^\.edgel3-(?<writer>[\w-]+)-\w+\.tmp$/;

/** @type {Map<string, Promise<void>>} folders that were cleaned by this process */
const cleaned = new Map();

/**
 * Finds a name for a temporary file. What processes that are gone have left in the folder, killed or by a loss of
 * power, is removed; that of another machine that shares the folder stays.
 *
 * @param {string} folder
 * @returns {Promise<string>} a path that nobody else has
 */
export async function temporaryPath(folder) {
  if (!cleaned.has(folder)) cleaned.set(folder, removeAbandoned(folder));
  await cleaned.get(folder);
  const random = randomUUID().slice(0, 8);
  return joinPath(folder, `.edgel3-${await nameThisProcess()}-${random}.tmp`);
}

/** @param {string} folder */
async function removeAbandoned(folder) {
  // What cannot be read or removed does no harm.
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const writer = name.match(NAME)?.groups?.writer;
      if (writer && (await isGone(writer))) await rm(joinPath(folder, name)).catch(() => {});
    }),
  );
}
