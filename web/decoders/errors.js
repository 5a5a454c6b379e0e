import { EdgeL3Error } from '../common/errors.js';

/** What to do with a sound file that cannot be read. */
export const CONVERT = "convert it first, for example with 'ffmpeg -i INPUT OUTPUT.wav'";

/**
 * @param {string} kind such as 'WAV'
 * @param {string} reason
 */
export function unsupportedFile(kind, reason) {
  return new EdgeL3Error('file_unsupported', `This ${kind} file cannot be read: ${reason}.`);
}

/**
 * @param {string} kind such as 'WAV'
 * @param {string} reason
 * @param {unknown} [cause]
 */
export function damagedFile(kind, reason, cause) {
  return new EdgeL3Error('file_damaged', `This ${kind} file is damaged: ${reason}.`, cause);
}

/**
 * Asks a decoder that is not ours. Of some damaged files it says so, of others it throws whatever comes up.
 *
 * @template R
 * @param {string} kind such as 'MP3'
 * @param {() => R} operation
 * @returns {Promise<Awaited<R>>}
 * @throws {EdgeL3Error} file_damaged
 */
export async function askDecoder(kind, operation) {
  try {
    return await operation();
  } catch (cause) {
    throw damagedFile(kind, `its decoder gives up (${cause})`, cause);
  }
}
