/**
 * How close is close enough. "The first group" are sounds with a noise floor; clean tones and upsampled
 * audio have mel bins at -60 to -80 dB, below what float32 resolves, where any two evaluations differ.
 *
 * @typedef {object} Gate
 * @property {number} relative largest error / largest magnitude, of embeddings and block outputs
 * @property {number} cosine worst cosine distance of an embedding
 * @property {number} decibels largest error of the mel spectrogram
 * @property {number} loudDecibels the same for bins louder than LOUD_DECIBELS
 */

export const RESAMPLED_GATE = 1e-6;
export const LOUD_DECIBELS = -50;

/** @type {Gate} */
const FIRST_GROUP = { relative: 1e-5, cosine: 1e-10, decibels: 1e-3, loudDecibels: 1e-3 };
/** @type {Gate} */
const CLEAN_TONES = { relative: 1e-3, cosine: 1e-6, decibels: 0.3, loudDecibels: 5e-3 };
/** @type {Gate} */
const SPARSE = { relative: 1e-2, cosine: 1e-5, decibels: 0.3, loudDecibels: 5e-3 };

/**
 * @param {'sparse' | 'sea'} architecture
 * @param {string} audio file name of the case
 */
export function gateFor(architecture, audio) {
  if (architecture === 'sparse') return SPARSE;
  return audio.includes('chirp') ? CLEAN_TONES : FIRST_GROUP;
}
