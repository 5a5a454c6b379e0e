/** @import { Model } from './golden_set.js' */

/**
 * How close is close enough. "The first group" are sounds with a noise floor; clean tones and upsampled
 * audio have mel bins at -60 to -80 dB, below what float32 resolves, where any two evaluations differ.
 *
 * @typedef {object} Gate
 * @property {number} relative largest error / largest magnitude, of embeddings and block outputs
 * @property {number} cosine worst cosine distance of an embedding
 * @property {number} decibels largest error of the mel spectrogram
 * @property {number} loudDecibels the same for bins louder than LOUD_DECIBELS
 * @property {number} kerasErrors how many times as far from the truth as Keras' float32 arithmetic an embedding may be:
 *   sparse networks are never farther; dense ones, by Winograd's transforms, at most twice as far
 * @property {number} kerasCosines the same for the cosine distance
 */

export const RESAMPLED_GATE = 1e-6;
export const LOUD_DECIBELS = -50;

/** @type {Gate} */
const FIRST_GROUP = {
  relative: 1e-5,
  cosine: 1e-10,
  decibels: 1e-3,
  loudDecibels: 1e-3,
  kerasErrors: 1,
  kerasCosines: 1,
};
/** @type {Gate} */
const CLEAN_TONES = {
  relative: 1e-3,
  cosine: 1e-6,
  decibels: 0.3,
  loudDecibels: 5e-3,
  kerasErrors: 1,
  kerasCosines: 1,
};
/** @type {Gate} */
const SPARSE = {
  relative: 1e-2,
  cosine: 1e-5,
  decibels: 0.3,
  loudDecibels: 5e-3,
  kerasErrors: 1,
  kerasCosines: 1,
};

/** From this share of zeros on, in percent, a network is surely run by its non-zeros. */
const SPARSE_FROM = 80;

/**
 * @param {Model} model
 * @param {string} audio file name of the case
 * @returns {Gate}
 */
export function gateFor({ type, zero_percent_overall: zeros }, audio) {
  const gate = type === 'sparse' ? SPARSE : audio.includes('chirp') ? CLEAN_TONES : FIRST_GROUP;
  const isSparse = (zeros ?? 0) >= SPARSE_FROM;
  return {
    ...gate,
    kerasErrors: isSparse ? 1 : 2,
    kerasCosines: isSparse ? 1 : 2,
  };
}
