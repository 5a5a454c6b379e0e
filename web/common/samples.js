/** @typedef {Float32Array | Float64Array} FloatSamples one channel of a sound; full scale is 1 */
export {};
