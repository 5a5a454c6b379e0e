import { collectAudio } from '../decoders/decode_audio.js';
import { toFilePath } from '../files/file_path.js';
import { readFileChunks } from '../files/read_file.js';

/** @import { DecodedAudio } from '../decoders/decode_audio.js' */

/**
 * Reads a sound file whole: WAV, AIFF, FLAC, Ogg (Vorbis, Opus, FLAC) or MP3, whatever its name. Samples are those of
 * Python's soundfile.
 *
 * @param {string | URL} path
 * @returns {Promise<DecodedAudio>} one array for each channel, and the rate in Hz
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged
 */
export async function readAudioFile(path) {
  return collectAudio(readFileChunks(toFilePath('path', path)));
}
