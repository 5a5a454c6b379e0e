// Sounds for the tests of the demo page.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers } from '../support/random_numbers.js';
import { int16, wavFile } from '../support/wav_file.js';

const RATE = 16_000;
const SECONDS = 4;

/**
 * @param {string} folder
 * @returns {string[]} paths of two WAV files: whistle.wav and noise.wav
 */
export function writeSounds(folder) {
  const random = randomNumbers(8);
  const sounds = {
    whistle: (/** @type {number} */ time) => Math.sin(2 * Math.PI * (1500 + 200 * time) * time),
    noise: () => 2 * random() - 1,
  };
  return Object.entries(sounds).map(([name, soundAt]) =>
    writeSound(join(folder, `${name}.wav`), SECONDS * RATE, (n) => soundAt(n / RATE)),
  );
}

/**
 * @param {string} path
 * @param {number} length samples
 * @param {(n: number) => number} sampleAt
 * @param {number} [sampleRate] Hz
 * @returns {string} the path
 */
export function writeSound(path, length, sampleAt, sampleRate = RATE) {
  const samples = Array.from({ length }, (_, n) => Math.round(12_000 * sampleAt(n)));
  writeFileSync(path, wavFile({ data: int16(samples), sampleRate }));
  return path;
}
