import { FLAG, readOptions } from '../common/options.js';
import { collectAudio } from '../decoders/decode_audio.js';
import { openSoundFile } from './open_sound_file.js';

/** @import { DecodedAudio } from '../decoders/decode_audio.js' */
/** @import { DecodingOptions } from './open_sound_file.js' */

/**
 * Reads a sound file whole: WAV, AIFF, FLAC, Ogg (Vorbis, Opus, FLAC) or MP3, whatever its name, and everything else that the
 * program ffmpeg reads, if it is on PATH. Samples are those of Python's soundfile.
 *
 * @param {string | URL} path
 * @param {DecodingOptions} [options]
 * @returns {Promise<DecodedAudio>} one array for each channel, and the rate in Hz
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged
 */
export async function readAudioFile(path, options) {
  return collectAudio(await openSoundFile(path, readOptions(options, { ffmpeg: FLAG })));
}
