/** @typedef {Float32Array | Float64Array} FloatSamples One channel of a sound; full scale is 1. */

/**
 * What Web Audio's AudioBuffer looks like; any object of this shape is accepted.
 *
 * @typedef {object} AudioBufferLike
 * @property {number} numberOfChannels at least 1
 * @property {number} length samples in each channel
 * @property {number} sampleRate Hz
 * @property {(channel: number) => Float32Array} getChannelData the samples of a channel, counted from 0
 */

/**
 * One channel of a sound. The full scale of floats is 1, that of an Int16Array is 32768.
 *
 * @typedef {Float32Array | Float64Array | Int16Array} Samples
 */

/**
 * A sound with its rate: what readAudioFile and decodeAudio give.
 *
 * @typedef {object} Sound
 * @property {Samples[]} channels all of the same length
 * @property {number} sampleRate Hz
 */

/**
 * A sound in any of these forms: the samples of one channel, an array of channels of the same length, an AudioBuffer, or
 * what readAudioFile and decodeAudio give.
 *
 * @typedef {Samples | Samples[] | AudioBufferLike | Sound} AudioInput
 */
export {};
