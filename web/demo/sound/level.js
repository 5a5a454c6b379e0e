/** Decibels below full scale at which a level meter shows nothing: quieter than any room. */
const FLOOR = -70;

/** Full scale is 1. A microphone that is alive has noise of its own, which is louder than that. */
export const DEAD = 1e-4;

/**
 * @param {Float32Array} samples
 * @returns {number} the loudest
 */
export function peakOf(samples) {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/**
 * @param {number} amplitude full scale is 1
 * @returns {number} from 0 to 1, by decibels
 */
export function toMeter(amplitude) {
  return Math.max(0, Math.min(1, 1 - (20 * Math.log10(amplitude + 1e-9)) / FLOOR));
}
