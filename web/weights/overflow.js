import { EdgeL3Error } from '../common/errors.js';

/** @import { Network } from './model_file.js' */

/** What float32 holds, less what the transforms of fast convolutions may add to a sum on its way. */
const LIMIT = ((2 - 2 ** -23) * 2 ** 127) / 64;

/** The mel map lies from -80 to 0 dB. */
const LARGEST_INPUT = 80;

/**
 * Refuses weights with which a sum could leave the range of float32: what follows would be infinite, or plausible and
 * wrong. The largest number that any sound can lead to is followed through the layers; with the published networks it stays
 * below 1e15.
 *
 * @param {Pick<Network, 'inputScale' | 'inputShift' | 'convolutions'>} network
 * @throws {EdgeL3Error} model_invalid
 */
export function checkOverflow({ inputScale, inputShift, convolutions }) {
  let largest = Math.abs(inputScale) * LARGEST_INPUT + Math.abs(inputShift);
  convolutions.forEach(({ weights, scale, shift }, index) => {
    const length = weights.length / scale.length;
    let next = 0;
    for (let output = 0; output < scale.length; output++) {
      let sum = 0;
      for (let at = output * length; at < (output + 1) * length; at++) sum += Math.abs(weights[at]);
      // Neither the sum nor what becomes of it.
      const reached = sum * largest * Math.max(1, Math.abs(scale[output])) + Math.abs(shift[output]);
      next = Math.max(next, reached);
    }
    if (!(next < LIMIT)) {
      throw new EdgeL3Error(
        'model_invalid',
        `The weights up to convolution ${index + 1} are so large that sums could leave the range of float32.`,
      );
    }
    largest = next;
  });
}
