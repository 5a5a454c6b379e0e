import { createHash } from 'node:crypto';
import { EdgeL3Error } from 'edgel3';

/**
 * @template R
 * @param {() => Promise<R>} operation
 * @param {string[]} codes of the errors that it may end with
 * @returns {Promise<R | undefined>} undefined if it did
 */
export async function resultOf(operation, codes) {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof EdgeL3Error && codes.includes(error.code)) return undefined;
    throw error;
  }
}

/**
 * One of eight inputs: of all of them what takes the time would be the same again and again.
 *
 * @param {Uint8Array} bytes
 */
export function isChosen(bytes) {
  return createHash('sha1').update(bytes).digest()[0] % 8 === 0;
}
