import { randomNumbers } from '../support/random_numbers.js';

/**
 * The matrix that the truths in these tests, computed by numpy and scipy, were computed from.
 *
 * @param {number} seed
 * @param {number} count of rows
 * @param {number} length of each
 * @param {number} [scale]
 * @param {number} [shift]
 */
export function matrix(seed, count, length, scale = 1, shift = 0) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length }, () => random() * scale + shift));
}
