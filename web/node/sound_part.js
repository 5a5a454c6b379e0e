import { EdgeL3Error } from '../common/errors.js';

/** @import { Kind } from '../common/options.js' */
/** @import { FloatSamples } from '../common/samples.js' */
/** @import { AudioStream } from '../decoders/open_audio.js' */

/**
 * Which part of a sound file is embedded.
 *
 * @typedef {object} PartOptions
 * @property {number} [from] seconds at which it begins; default 0. Timestamps count from the beginning of the file all the same
 * @property {number} [to] seconds at which it ends; default: the end of the file
 */

/** @type {Kind} */
const TIME = {
  expected: 'a number of seconds from 0',
  isValid: (value) => Number.isFinite(value) && value >= 0,
};

export const PART_KINDS = { from: TIME, to: TIME };

/**
 * A part of a sound. What follows it is not read.
 *
 * @param {AudioStream} sound
 * @param {PartOptions} part
 * @returns {AsyncGenerator<FloatSamples[]>}
 * @throws {EdgeL3Error} option_invalid: the part has no length; audio_empty: the sound ends before it; what the sound ends with
 */
export async function* readPart({ sampleRate, pieces }, { from = 0, to = Number.POSITIVE_INFINITY }) {
  const [first, end] = [Math.round(from * sampleRate), Math.round(to * sampleRate)];
  if (!(first < end)) {
    throw new EdgeL3Error('option_invalid', `from must be less than to, unlike ${from} and ${to} seconds.`);
  }
  let position = 0;
  for await (const channels of pieces) {
    const start = position;
    position += channels[0].length;
    if (position > first) {
      yield channels.map((samples) => samples.subarray(Math.max(0, first - start), end - start));
    }
    if (position >= end) return;
  }
  if (position <= first) {
    const seconds = (position / sampleRate).toFixed(3);
    throw new EdgeL3Error('audio_empty', `The sound ends after ${seconds} seconds, before ${from}.`);
  }
}
