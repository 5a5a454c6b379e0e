/** @import { FloatSamples } from './samples.js' */

/** @type {WeakSet<ArrayBufferLike>} */
const given = new WeakSet();

/**
 * Says of samples that whoever has them will not look at them again, so that they go to a worker without a copy. Of what a
 * program gave it is never said.
 *
 * @param {FloatSamples[]} channels
 * @returns {FloatSamples[]} the same
 */
export function giveAway(channels) {
  for (const { buffer } of channels) given.add(buffer);
  return channels;
}

/**
 * @param {ArrayBufferView} view
 * @returns {boolean} whether it may be transferred: it was given away, and is all that is in its buffer
 */
export function isGivenAway({ buffer, byteLength }) {
  return byteLength === buffer.byteLength && given.has(buffer);
}
