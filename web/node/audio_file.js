import { EdgeL3Error } from '../errors.js';
import { readFileBytes } from './files.js';
import { decodeWav, isWav } from './wav.js';

/** @typedef {import('./wav.js').AudioFile} AudioFile */

/**
 * Reads a sound file: WAV in all its sample formats. Samples are those of Python's soundfile.
 *
 * @param {string | URL} path
 * @returns {Promise<AudioFile>} one array for each channel, and the rate in Hz
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported
 */
export async function readAudioFile(path) {
  const bytes = await readFileBytes(path);
  if (isWav(bytes)) return decodeWav(bytes);
  throw new EdgeL3Error(
    'file_unsupported',
    bytes.length === 0
      ? 'This file is empty.'
      : "This is not a WAV file; convert it first, for example with 'ffmpeg -i INPUT OUTPUT.wav'.",
  );
}
