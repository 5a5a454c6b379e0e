/**
 * The embeddings of a sound.
 *
 * @typedef {object} EmbeddingData
 * @property {Float32Array} embedding T x D numbers, one row for each window of one second; with the option `pooling` one
 *   row for the whole sound
 * @property {[number, number]} shape [T, D]
 * @property {Float64Array} timestamps T times in seconds: k * hopSize
 */

/**
 * The embedding of one window.
 *
 * @typedef {object} TimedEmbedding
 * @property {number} timestamp seconds: k * hopSize
 * @property {Float32Array} embedding D numbers
 */
export {};
