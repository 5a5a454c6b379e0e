import { openAudio } from '../decoders/open_audio.js';
import { readFileChunks } from '../files/read_file.js';

/** @import { FloatSamples } from '../common/samples.js' */

/** @typedef {{ channels: FloatSamples[], sampleRate: number }} AudioFile samples and rate in Hz */

/**
 * Reads a sound file whole: WAV, AIFF, FLAC, Ogg (Vorbis, Opus, FLAC) or MP3, whatever its name. Samples are those of
 * Python's soundfile.
 *
 * @param {string | URL} path
 * @returns {Promise<AudioFile>} one array for each channel, and the rate in Hz
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged
 */
export async function readAudioFile(path) {
  const { sampleRate, pieces } = await openAudio(readFileChunks(path));
  /** @type {FloatSamples[][]} */
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return { sampleRate, channels: all[0].map((_, channel) => join(all.map((piece) => piece[channel]))) };
}

/**
 * @param {FloatSamples[]} pieces all of the same type
 * @returns {FloatSamples}
 */
function join(pieces) {
  const Samples = pieces[0] instanceof Float64Array ? Float64Array : Float32Array;
  const whole = new Samples(pieces.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
