import { noise, place, RATE, tone } from './synthesis.js';

// What else may be heard in a room, so that it is not taken for what was taught. No voice: vowels of a machine.

/** @typedef {import('./kinds.js').Generator} Generator */

/** Hz: where vowels have their resonances. */
const VOWELS = [
  [700, 1150],
  [300, 2200],
  [450, 850],
  [550, 1750],
  [330, 700],
];

/** Syllables of vowels, as a voice behind a wall has them. @type {Generator} */
function murmur(random, length) {
  const sound = noise(random, length, 60, 3000).map((sample) => 0.01 * sample);
  const base = 95 + 120 * random();
  for (let at = 0.05; at < length / RATE - 0.1; at += 0.18 + 0.12 * random()) {
    const [first, second] = VOWELS[Math.floor(random() * VOWELS.length)];
    const pitch = base * (0.9 + 0.25 * random());
    const harmonics = Array.from({ length: Math.floor(3600 / pitch) }, (_, index) => {
      const frequency = (index + 1) * pitch;
      const near = (/** @type {number} */ formant) => 1 / (1 + ((frequency - formant) / 90) ** 2);
      return (near(first) + 0.6 * near(second) + 0.25 * near(2700) + 0.02) / (1 + frequency / 1500);
    });
    const syllable = tone(
      0.12 + 0.12 * random(),
      (_, fraction) => pitch * (1.05 - 0.1 * fraction),
      (_, fraction) => Math.sin(Math.PI * fraction) ** 0.5,
      harmonics,
    );
    place(sound, syllable, at, 0.4 + 0.6 * random());
    place(sound, noise(random, 900, 1500, 7000), at - 0.05, 0.15 * random());
  }
  return sound;
}

/** A quiet room: noise that falls towards high frequencies. @type {Generator} */
function room(random, length) {
  const sound = noise(random, length, 20, 150 + 400 * random());
  place(sound, noise(random, length, 100, 7000), 0, 0.1 + 0.4 * random());
  return sound;
}

/** The mains, in some machine. @type {Generator} */
function hum(random, length) {
  const mains = random() < 0.5 ? 100 : 120;
  const harmonics = Array.from({ length: 12 }, (_, index) => random() / (index + 1));
  const sound = tone(
    length / RATE,
    () => mains,
    () => 0.4,
    harmonics,
  );
  place(sound, noise(random, length, 50, 2500), 0, 0.15);
  return sound;
}

/** @type {Record<string, Generator>} */
export const BACKGROUNDS = { murmur, room, hum };
