// What the sounds that come with the page are made of: nobody's recording, nobody's voice.

/** Hz, of every sound made here. */
export const RATE = 16_000;

/**
 * Mulberry32: the same seed makes the same sound.
 *
 * @param {number} seed
 * @returns {() => number} numbers from 0 to less than 1
 */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * White noise between two frequencies, by one-pole filters.
 *
 * @param {() => number} random
 * @param {number} length samples
 * @param {number} low Hz
 * @param {number} high Hz
 */
export function noise(random, length, low, high) {
  const sound = Float32Array.from({ length }, () => 2 * random() - 1);
  const upper = 1 - Math.exp((-2 * Math.PI * high) / RATE);
  const lower = 1 - Math.exp((-2 * Math.PI * low) / RATE);
  let [smooth, slow] = [0, 0];
  for (let n = 0; n < length; n++) {
    smooth += upper * (sound[n] - smooth);
    slow += lower * (smooth - slow);
    sound[n] = smooth - slow;
  }
  return sound;
}

/**
 * Adds a sound to another one.
 *
 * @param {Float32Array} target
 * @param {ArrayLike<number>} sound what reaches beyond the target's end is cut off
 * @param {number} seconds where it begins
 * @param {number} [gain]
 */
export function place(target, sound, seconds, gain = 1) {
  const start = Math.round(seconds * RATE);
  const end = Math.min(target.length, start + sound.length);
  for (let n = Math.max(0, start); n < end; n++) target[n] += gain * sound[n - start];
}

/**
 * A tone whose pitch changes.
 *
 * @param {number} seconds
 * @param {(time: number, fraction: number) => number} pitchAt Hz
 * @param {(time: number, fraction: number) => number} levelAt
 * @param {number[]} [harmonics] their levels
 */
export function tone(seconds, pitchAt, levelAt, harmonics = [1]) {
  const length = Math.round(seconds * RATE);
  let phase = 0;
  return Float32Array.from({ length }, (_, n) => {
    const time = n / RATE;
    phase += (2 * Math.PI * pitchAt(time, n / length)) / RATE;
    // Each harmonic's sine follows from the two below it.
    const double = 2 * Math.cos(phase);
    let [below, sine, sum] = [0, Math.sin(phase), 0];
    for (const level of harmonics) {
      sum += level * sine;
      [below, sine] = [sine, double * sine - below];
    }
    return levelAt(time, n / length) * sum;
  });
}

/**
 * What something struck does: a damped oscillation.
 *
 * @param {number} seconds
 * @param {number} pitch Hz
 * @param {number} decay 1 / s
 */
export function ring(seconds, pitch, decay) {
  const sound = new Float32Array(Math.round(seconds * RATE));
  const damping = Math.exp(-decay / RATE);
  const turn = 2 * damping * Math.cos((2 * Math.PI * pitch) / RATE);
  let [before, now] = [0, damping * Math.sin((2 * Math.PI * pitch) / RATE)];
  for (let n = 1; n < sound.length; n++) {
    sound[n] = now;
    [before, now] = [now, turn * now - damping ** 2 * before];
  }
  return sound;
}

/**
 * Brings a sound to a usual loudness, with ends that do not click.
 *
 * @param {Float32Array} sound
 */
export function finish(sound) {
  const peak = sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  const fade = Math.round(0.01 * RATE);
  return sound.map((sample, n) => {
    const end = Math.min(1, n / fade, (sound.length - 1 - n) / fade);
    return (0.7 * end * sample) / peak;
  });
}
