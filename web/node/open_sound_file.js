import { EdgeL3Error } from '../common/errors.js';
import { findFormat, SIGNATURE_BYTES } from '../decoders/formats.js';
import { openAudio } from '../decoders/open_audio.js';
import { FileBytes } from '../files/file_bytes.js';
import { toFilePath } from '../files/file_path.js';
import { readFileChunks } from '../files/read_file.js';
import { countBytes } from './count_bytes.js';
import { decodeByFfmpeg } from './ffmpeg.js';

/** @import { AudioStream } from '../decoders/open_audio.js' */

/**
 * By what sound files may be read.
 *
 * @typedef {object} DecodingOptions
 * @property {boolean} [ffmpeg] whether the program ffmpeg may decode what this library does not read, if it is on PATH; default
 *   true
 */

/**
 * Opens a sound file of any format: those that this library reads by itself, the others by ffmpeg.
 *
 * @param {string | URL} path
 * @param {DecodingOptions} [options]
 * @param {(bytes: number) => void} [onRead] called with the length of each piece of the file that was read
 * @returns {Promise<AudioStream>}
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged
 */
export async function openSoundFile(path, { ffmpeg = true } = {}, onRead = () => {}) {
  const name = toFilePath('path', path);
  try {
    return await openAudio(countBytes(readFileChunks(name), onRead));
  } catch (cause) {
    if (!ffmpeg || !(cause instanceof EdgeL3Error) || cause.code !== 'file_unsupported') throw cause;
    if (!(await isForeignSound(name))) throw cause;
    return openByFfmpeg(name, cause);
  }
}

/**
 * Whether a file is of another format of sound than those that this library reads. What is refused of its own formats stays
 * refused: the reason holds for ffmpeg too, or ffmpeg would pass over damage in silence.
 *
 * @param {string} path
 */
async function isForeignSound(path) {
  const bytes = await FileBytes.open(path);
  try {
    const format = findFormat(await bytes.read(0, SIGNATURE_BYTES));
    return format !== undefined && !format.decode && !format.cure;
  } finally {
    await bytes.close();
  }
}

/**
 * @param {string} path
 * @param {EdgeL3Error} refusal why this library does not read the file
 */
async function openByFfmpeg(path, refusal) {
  try {
    return await openAudio(decodeByFfmpeg(path));
  } catch (cause) {
    const { code, message } = /** @type {EdgeL3Error} */ (cause);
    if (code !== 'file_unsupported') throw cause;
    throw new EdgeL3Error('file_unsupported', `${refusal.message} (${message.replace(/\.$/, '')}.)`, cause);
  }
}
