import { stat } from 'node:fs/promises';

/**
 * @param {string} path
 * @param {string} other
 * @returns {Promise<'absent' | 'same' | 'other'>} whether there is a file at `path`, and whether it is that at `other`, by another
 *   spelling or a link
 */
export async function compareFiles(path, other) {
  const there = await identify(path);
  if (there === undefined) return 'absent';
  return there === (await identify(other)) ? 'same' : 'other';
}

/** @param {string} path @returns {Promise<string | undefined>} undefined if it is not there */
async function identify(path) {
  const entry = await stat(path, { bigint: true }).catch(() => undefined);
  return entry && `${entry.dev}:${entry.ino}`;
}
