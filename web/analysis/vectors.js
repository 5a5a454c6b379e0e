import { EdgeL3Error } from '../common/errors.js';
import { checkVector } from './rows.js';

/** @import { Vector } from './rows.js' */

/**
 * How alike two embeddings are: the cosine of the angle between them.
 *
 * @param {Vector} a
 * @param {Vector} b of the same length
 * @returns {number} from -1 to 1 (embeddings have no negative numbers unless they come from a sparse network: from 0);
 *   0 if one of them is all zeros
 * @throws {EdgeL3Error} embedding_invalid, option_invalid
 */
export function similarity(a, b) {
  checkVector(a);
  checkVector(b);
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
 * The vector of length 1 in the same direction.
 *
 * @param {Vector} vector
 * @returns {Float32Array} a new one; all zeros stay zeros
 * @throws {EdgeL3Error} embedding_invalid
 */
export function l2Normalize(vector) {
  checkVector(vector);
  const length = Math.sqrt(dot(vector, vector));
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}

/**
 * @param {Vector} a
 * @param {Vector} b of the same length
 */
export function dot(a, b) {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
}
