import { stat } from 'node:fs/promises';

/**
 * @param {string} a
 * @param {string} b
 * @returns {Promise<boolean>} whether both paths lead to one file, by another spelling or a link
 */
export async function isSameFile(a, b) {
  const [one, other] = await Promise.all(
    [a, b].map((path) => stat(path, { bigint: true }).catch(() => undefined)),
  );
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}
