/** @typedef {Float32Array | Float64Array} FloatSamples one channel of a sound; full scale is 1 */

/**
 * What Web Audio's AudioBuffer looks like; any object of this shape is accepted.
 *
 * @typedef {object} AudioBufferLike
 * @property {number} numberOfChannels
 * @property {number} length samples in each channel
 * @property {number} sampleRate Hz
 * @property {(channel: number) => Float32Array} getChannelData
 */

/** @typedef {Float32Array | Float64Array | Int16Array} Samples one channel; floats as they are, Int16 / 32768 */
/** @typedef {{ channels: Samples[], sampleRate: number }} Sound what readAudioFile gives: its channels, and its rate in Hz */
/** @typedef {Samples | Samples[] | AudioBufferLike | Sound} AudioInput */
export {};
