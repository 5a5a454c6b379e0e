import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';

/** @import { AudioBufferLike, AudioInput, FloatSamples, Samples, Sound } from '../common/samples.js' */

const ACCEPTED =
  'Give a Float32Array, Float64Array or Int16Array of samples, an array of such channels, or an AudioBuffer';

/**
 * Brings every accepted form of audio to floating-point channels of equal length. Nothing is copied but Int16.
 *
 * @param {AudioInput} audio
 * @returns {FloatSamples[]} at least one channel of at least one sample
 * @throws {EdgeL3Error} audio_invalid, audio_empty
 */
export function toChannels(audio) {
  const channels = toPiece(audio);
  if (channels[0].length === 0) throw noSamplesError();
  return channels;
}

/**
 * The same for a piece of a longer sound, which may have no samples.
 *
 * @param {AudioInput} audio
 * @returns {FloatSamples[]} at least one channel
 * @throws {EdgeL3Error} audio_invalid, audio_empty
 */
export function toPiece(audio) {
  const channels = splitChannels(audio).map(toFloat);
  if (channels.length === 0) throw new EdgeL3Error('audio_empty', 'The audio has no channels.');
  const { length } = channels[0];
  if (channels.some((channel) => channel.length !== length)) {
    const lengths = channels.map((channel) => channel.length).join(', ');
    throw new EdgeL3Error(
      'audio_invalid',
      `All channels must have the same length; these have ${lengths} samples.`,
    );
  }
  return channels;
}

/** What a sound without samples leads to. */
export function noSamplesError() {
  return new EdgeL3Error('audio_empty', 'The audio has no samples.');
}

/**
 * The rate at which the samples stand: the argument, or where the audio says it, its own.
 *
 * @param {AudioInput} audio
 * @param {number | undefined} sampleRate Hz
 * @returns {number} Hz, positive and finite
 * @throws {EdgeL3Error} sample_rate_invalid
 */
export function toSampleRate(audio, sampleRate) {
  if (isAudioBuffer(audio) || isSound(audio)) {
    if (sampleRate === undefined) sampleRate = audio.sampleRate;
    if (sampleRate !== audio.sampleRate) {
      throw new EdgeL3Error(
        'sample_rate_invalid',
        `The ${isSound(audio) ? 'sound' : 'AudioBuffer'} stands at ${audio.sampleRate} Hz but sampleRate says ${sampleRate}; leave sampleRate out.`,
      );
    }
  }
  return checkSampleRate(sampleRate);
}

/**
 * @param {number | undefined} sampleRate
 * @returns {number} Hz, positive and finite
 * @throws {EdgeL3Error} sample_rate_invalid
 */
export function checkSampleRate(sampleRate) {
  if (typeof sampleRate !== 'number' || !(sampleRate > 0) || !Number.isFinite(sampleRate)) {
    throw new EdgeL3Error(
      'sample_rate_invalid',
      `sampleRate must be a positive number of Hz${describe(sampleRate)}.`,
    );
  }
  return sampleRate;
}

/**
 * @param {AudioInput} audio
 * @returns {Samples[]}
 */
function splitChannels(audio) {
  // Not as it is: a hole in it would be passed over.
  if (Array.isArray(audio)) return Array.from(audio);
  if (isSound(audio)) return Array.from(audio.channels);
  if (isAudioBuffer(audio)) {
    return Array.from({ length: audio.numberOfChannels }, (_, channel) => audio.getChannelData(channel));
  }
  return [/** @type {Samples} */ (audio)];
}

/**
 * @param {unknown} samples
 * @returns {FloatSamples}
 */
function toFloat(samples) {
  // The tag, unlike instanceof, also knows arrays that come from another window or a test runner's context.
  const tag = Object.prototype.toString.call(samples);
  if (tag === '[object Float32Array]') return /** @type {Float32Array} */ (samples);
  if (tag === '[object Float64Array]') return /** @type {Float64Array} */ (samples);
  if (tag === '[object Int16Array]') {
    return Float32Array.from(/** @type {Int16Array} */ (samples), (value) => value / 32768);
  }
  throw new EdgeL3Error('audio_invalid', `${ACCEPTED}${describe(samples)}.`);
}

/**
 * @param {unknown} audio
 * @returns {audio is AudioBufferLike}
 */
export function isAudioBuffer(audio) {
  return typeof (/** @type {AudioBufferLike | undefined} */ (audio)?.getChannelData) === 'function';
}

/**
 * @param {unknown} audio
 * @returns {audio is Sound}
 */
export function isSound(audio) {
  return Array.isArray(/** @type {Sound | undefined} */ (audio)?.channels);
}
