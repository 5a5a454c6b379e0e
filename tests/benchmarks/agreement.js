/**
 * How far another runtime's embedding is from ours.
 *
 * @typedef {object} Agreement
 * @property {string} what
 * @property {number} difference the largest difference by the largest number
 * @property {boolean} same
 */

/** The largest relative difference with which two embeddings count as the same. */
const TOLERANCE = 1e-3;

/**
 * @param {string} what
 * @param {Float32Array} embedding ours
 * @param {Float32Array} other
 * @returns {Agreement}
 */
export function compare(what, embedding, other) {
  const difference = relativeDifference(embedding, other);
  return { what, difference, same: difference <= TOLERANCE };
}

/**
 * @param {Float32Array} embedding
 * @param {Float32Array} other
 */
function relativeDifference(embedding, other) {
  if (embedding.length !== other.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let largest = 0;
  embedding.forEach((number, index) => {
    difference = Math.max(difference, Math.abs(number - other[index]));
    largest = Math.max(largest, Math.abs(number));
  });
  return difference / largest;
}
