import { EdgeL3Error } from '../common/errors.js';
import { checkVector } from './rows.js';

/** @import { Vector } from './rows.js' */

/** Smaller sums of squares have lost digits. */
const LEAST_SQUARE = 2 ** -900;

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
  const [first, second] = [inReach(a), inReach(b)];
  const lengths = Math.sqrt(dot(first, first)) * Math.sqrt(dot(second, second));
  return lengths === 0 ? 0 : Math.max(-1, Math.min(1, dot(first, second) / lengths));
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
  const reached = inReach(vector);
  const length = Math.sqrt(dot(reached, reached));
  return Float32Array.from(reached, (value) => (length === 0 ? 0 : value / length));
}

/**
 * @param {Vector} vector
 * @returns {Vector} itself, or where its squares are more or less than numbers can be, one in the same direction
 */
function inReach(vector) {
  const square = dot(vector, vector);
  if (square >= LEAST_SQUARE && square < Infinity) return vector;
  let largest = 0;
  for (let index = 0; index < vector.length; index++) largest = Math.max(largest, Math.abs(vector[index]));
  return largest === 0 ? vector : Float64Array.from(vector, (value) => value / largest);
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
