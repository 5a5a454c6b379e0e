import { access } from 'node:fs/promises';

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
export function isThere(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
