import { EdgeL3Error } from '../common/errors.js';

/** @typedef {Float32Array | Float64Array | number[]} Vector */

/**
 * How alike two embeddings are: the cosine of the angle between them.
 *
 * @param {Vector} a
 * @param {Vector} b of the same length
 * @returns {number} from -1 to 1 (embeddings have no negative numbers unless they come from a sparse network: from 0);
 *   0 if one of them is all zeros
 * @throws {EdgeL3Error} option_invalid
 */
export function similarity(a, b) {
  if (a.length !== b.length) {
    throw new EdgeL3Error(
      'option_invalid',
      `Only embeddings of the same length can be compared; these have ${a.length} and ${b.length} numbers.`,
    );
  }
  const lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return lengths === 0 ? 0 : Math.max(-1, Math.min(1, dot(a, b) / lengths));
}

/**
 * One embedding for a whole sound: the mean of those of its windows.
 *
 * @param {{ embedding: Float32Array, shape: [number, number] }} result of getEmbedding
 * @returns {Float32Array} D numbers
 * @throws {EdgeL3Error} option_invalid
 */
export function meanOverTime({ embedding, shape: [count, dimension] }) {
  if (!(count > 0) || embedding.length !== count * dimension) {
    throw new EdgeL3Error(
      'option_invalid',
      `An embedding of shape [${count}, ${dimension}] cannot have ${embedding.length} numbers.`,
    );
  }
  const sums = new Float64Array(dimension);
  for (const [index, value] of embedding.entries()) sums[index % dimension] += value;
  return Float32Array.from(sums, (sum) => sum / count);
}

/**
 * The vector of length 1 in the same direction.
 *
 * @param {Vector} vector
 * @returns {Float32Array} a new one; all zeros stay zeros
 */
export function l2Normalize(vector) {
  const length = Math.sqrt(dot(vector, vector));
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}

/**
 * @param {Vector} a
 * @param {Vector} b
 */
function dot(a, b) {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
}
