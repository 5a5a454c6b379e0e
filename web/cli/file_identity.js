import { stat } from 'node:fs/promises';

/** @import { BigIntStats } from 'node:fs' */

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} the same for all spellings of it, and for links to it; undefined if it is not there
 */
export async function identify(path) {
  return identityOf(await stat(path, { bigint: true }).catch(() => undefined));
}

/**
 * @param {BigIntStats | undefined} entry of a file
 * @returns {string | undefined} as identify
 */
export function identityOf(entry) {
  return entry && `${entry.dev}:${entry.ino}`;
}
