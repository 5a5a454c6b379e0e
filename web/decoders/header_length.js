import { damagedFile } from './errors.js';

/** @import { ByteReader } from './byte_reader.js' */

/** Bytes in front of the sound, at most: a pipe may go on for ever without any. */
const MAX_HEADER_BYTES = 2 ** 30;

/**
 * @param {ByteReader} reader somewhere in front of the sound
 * @param {string} kind of the file
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged
 */
export function checkHeaderLength({ position }, kind) {
  if (position > MAX_HEADER_BYTES)
    throw damagedFile(kind, `its first ${position} bytes have no sound in them`);
}
