import { randomNumbers } from './random_numbers.js';

/**
 * A tone with some noise, reproducible.
 *
 * @param {number} length samples
 * @param {number} sampleRate Hz
 * @returns {Float32Array}
 */
export function sound(length, sampleRate) {
  const random = randomNumbers(length);
  return Float32Array.from({ length }, (_, index) =>
    Math.fround(0.4 * Math.sin((2 * Math.PI * 440 * index) / sampleRate) + 0.1 * (random() - 0.5)),
  );
}
