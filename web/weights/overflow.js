import { EdgeL3Error } from '../common/errors.js';

/** @import { Network } from './model_file.js' */

/**
 * What float32 holds, less what the transforms of fast convolutions and the rounding of long sums may add on their way
 * (src/network/overflow.cc).
 */
const LIMIT = ((2 - 2 ** -23) * 2 ** 127) / 32;

/**
 * Refuses weights with which a sum could leave the range of float32: what follows would be infinite, or plausible and
 * wrong. The largest number that any sound can lead to is followed through the layers; with the published networks it stays
 * below 1e15. The core refuses to load such a model in the same way; here it is refused before a file is made of it.
 *
 * @param {Pick<Network, 'description' | 'inputScale' | 'inputShift' | 'convolutions'>} network
 * @throws {EdgeL3Error} model_invalid
 */
export function checkOverflow({ description, inputScale, inputShift, convolutions }) {
  let largest = Math.abs(inputScale) * description.spectrogram.decibel_range + Math.abs(inputShift);
  checkLargest(largest, "of the input's normalization");
  convolutions.forEach(({ weights, scale, shift }, index) => {
    const length = weights.length / scale.length;
    let next = 0;
    for (let output = 0; output < scale.length; output++) {
      let sum = 0;
      for (let at = output * length; at < (output + 1) * length; at++) sum += Math.abs(weights[at]);
      // Neither the weights, which a transform adds up, nor the sum, nor what becomes of it.
      const reached =
        sum * Math.max(1, largest) * Math.max(1, Math.abs(scale[output])) + Math.abs(shift[output]);
      next = Math.max(next, reached);
    }
    checkLargest(next, `up to convolution ${index + 1}`);
    largest = next;
  });
}

/**
 * @param {number} largest
 * @param {string} where
 */
function checkLargest(largest, where) {
  if (largest < LIMIT) return;
  throw new EdgeL3Error(
    'model_invalid',
    `The weights ${where} are so large that sums could leave the range of float32.`,
  );
}
