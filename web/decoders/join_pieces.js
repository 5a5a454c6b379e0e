import { concatenate } from '../common/concatenate.js';

/** @import { FloatSamples } from '../common/samples.js' */

/**
 * @param {FloatSamples[][]} pieces of a sound, at least one: the samples of each channel
 * @returns {FloatSamples[]} all samples of each channel
 */
export function joinPieces(pieces) {
  if (pieces.length === 1) return pieces[0];
  return pieces[0].map((samples, channel) => {
    const parts = pieces.map((piece) => piece[channel]);
    return samples instanceof Float64Array
      ? concatenate(Float64Array, parts)
      : concatenate(Float32Array, parts);
  });
}
