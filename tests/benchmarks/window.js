import { randomNumbers } from '../web/support/random_numbers.js';

/**
 * One second of a gliding tone under swelling noise: loud and quiet bins everywhere in the mel map.
 *
 * @param {number} sampleRate Hz
 * @returns {Float32Array}
 */
export function benchmarkWindow(sampleRate) {
  const random = randomNumbers(sampleRate);
  return Float32Array.from({ length: sampleRate }, (_, index) => {
    const time = index / sampleRate;
    const tone = Math.sin(2 * Math.PI * (200 + 0.1 * sampleRate * time) * time);
    const loudness = 0.1 * (1 + Math.sin(2 * Math.PI * 3 * time)) ** 2;
    return 0.4 * tone + loudness * (random() - 0.5);
  });
}
