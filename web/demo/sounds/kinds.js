import { noise, place, RATE, ring, tone } from './synthesis.js';

/** @typedef {(random: () => number, length: number) => Float32Array} Generator `length`: samples */

/** Chirps, high and quick, with short rests. @type {Generator} */
function bird(random, length) {
  const sound = noise(random, length, 200, 3000).map((sample) => 0.01 * sample);
  const pitch = 2300 + 500 * random();
  const sweep = (random() < 0.5 ? -1 : 1) * (500 + 500 * random());
  for (let at = 0.05 + 0.1 * random(); at < length / RATE; at += 0.13 + 0.12 * random()) {
    const chirp = tone(
      0.06 + 0.05 * random(),
      (_, fraction) => pitch + sweep * (fraction - 0.5),
      (_, fraction) => Math.sin(Math.PI * fraction),
    );
    place(sound, chirp, at, 0.6 + 0.4 * random());
  }
  return sound;
}

/** What a struck bell rings with: its partials are no harmonics. */
const BELL = [0.5, 1, 1.19, 1.5, 2, 2.51, 2.66, 3.01];

/** One or two strokes. @type {Generator} */
function bell(random, length) {
  const sound = new Float32Array(length);
  const pitch = 420 * 2 ** (0.7 * random());
  const strokes = random() < 0.5 ? [0.03] : [0.03, 0.9];
  for (const at of strokes) {
    for (const [index, partial] of BELL.entries()) {
      const decay = 1.5 + 0.8 * index + random();
      place(sound, ring(length / RATE - at, pitch * partial, decay), at, 0.4 + 0.6 * random());
    }
  }
  return sound;
}

/** Many harmonics of a low tone that trembles. @type {Generator} */
function engine(random, length) {
  const pitch = 45 + 25 * random();
  const tremor = 3 + 4 * random();
  const harmonics = Array.from({ length: 20 }, (_, index) => (0.5 + random()) / (index + 1) ** 0.8);
  const sound = tone(
    length / RATE,
    (time) => pitch * (1 + 0.03 * Math.sin(2 * Math.PI * tremor * time)),
    () => 0.3,
    harmonics,
  );
  place(sound, noise(random, length, 60, 700), 0, 0.6);
  return sound;
}

/** A hiss in which single drops are heard. @type {Generator} */
function rain(random, length) {
  const sound = noise(random, length, 700 + 400 * random(), 6000).map((sample) => 0.35 * sample);
  for (let count = 0; count < 260; count++) {
    const drop = ring(0.012, 1500 + 3500 * random(), 400);
    place(sound, drop, (random() * length) / RATE, 0.7 * random() ** 2);
  }
  return sound;
}

/** Knuckles on a door, three or four times. @type {Generator} */
function knock(random, length) {
  const sound = noise(random, length, 50, 2000).map((sample) => 0.004 * sample);
  const resonances = [150 + 90 * random(), 330 + 150 * random(), 700 + 300 * random()];
  const period = 0.17 + 0.1 * random();
  for (const start of [0.1, 1.05]) {
    for (let blow = 0; blow < 3; blow++) {
      for (const [index, pitch] of resonances.entries()) {
        const struck = ring(0.15, pitch, 35 + 25 * index);
        place(sound, struck, start + blow * period, 0.8 + 0.4 * random());
      }
      place(sound, noise(random, 160, 300, 4000), start + blow * period, 0.8);
    }
  }
  return sound;
}

/** A rich tone that goes up and down. @type {Generator} */
function siren(random, length) {
  const [low, high] = [480 + 120 * random(), 1000 + 350 * random()];
  const rate = 0.7 + 0.9 * random();
  const start = random();
  const sound = tone(
    length / RATE,
    (time) => {
      const wave = 0.5 - 0.5 * Math.cos(2 * Math.PI * (rate * time + start));
      return low * (high / low) ** wave;
    },
    () => 0.5,
    [1, 0.6, 0.45, 0.3, 0.15],
  );
  place(sound, noise(random, length, 80, 1500), 0, 0.05);
  return sound;
}

/** Lips: nearly a pure tone, a little breath, gliding from note to note. @type {Generator} */
function whistle(random, length) {
  const notes = Array.from({ length: 4 }, () => 1150 * 2 ** (Math.floor(7 * random()) / 12));
  const seconds = length / RATE;
  let pitch = notes[0];
  const sound = tone(
    seconds,
    (time) => {
      const note = notes[Math.min(3, Math.floor((4 * time) / seconds))];
      pitch += 0.001 * (note - pitch);
      return pitch * (1 + 0.006 * Math.sin(2 * Math.PI * 5.5 * time));
    },
    (_, fraction) => Math.min(1, 0.55 + 0.45 * Math.sin(4 * 2 * Math.PI * fraction - 1.5)),
  );
  place(sound, noise(random, length, 900, 3500), 0, 0.04);
  return sound;
}

/** Plucked strings (Karplus and Strong): noise that goes round a loop and loses its edges. @type {Generator} */
function guitar(random, length) {
  const sound = new Float32Array(length);
  const root = 98 * 2 ** (Math.floor(10 * random()) / 12);
  const chord = random() < 0.5 ? [0, 7, 12, 16, 19, 24] : [0, 7, 12, 15, 19, 24];
  for (const [index, step] of chord.entries()) {
    for (const at of [0.02 + 0.14 * index, 1 + 0.03 * index]) {
      const period = Math.round(RATE / (root * 2 ** (step / 12)));
      const string = new Float32Array(Math.round(1.2 * RATE));
      for (let n = 0; n < period; n++) string[n] = 2 * random() - 1;
      for (let n = period + 1; n < string.length; n++) {
        string[n] = 0.498 * (string[n - period] + string[n - period - 1]);
      }
      place(sound, string, at, 0.7 + 0.3 * random());
    }
  }
  return sound;
}

/** The kinds of sounds that come with the page. @type {Record<string, Generator>} */
export const KINDS = { bird, whistle, siren, bell, guitar, knock, engine, rain };
