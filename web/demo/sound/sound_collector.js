/** @import { PlayableSound } from './player.js' */

/** Seconds of a sound that are kept as they are; of a longer one a lower rate is kept, so that it takes little room. */
const WHOLE_SECONDS = 60;

/** Hz, at most, of a longer one. */
const LOW_RATE = 16_000;

/** Hz: a browser need not play higher ones. */
const HIGHEST_RATE = 96_000;

/** Keeps a sound to be heard again: one channel of 16 bits. Nothing is computed from it. */
export class SoundCollector {
  #sampleRate;
  /** @type {Int16Array[]} */
  #pieces = [];
  #length = 0;
  /** Samples of the sound that become one that is kept. */
  #step = 1;

  /** @param {number} sampleRate Hz */
  constructor(sampleRate) {
    this.#sampleRate = sampleRate;
    while (sampleRate / this.#step > HIGHEST_RATE) this.#step++;
  }

  /** @param {Float32Array} samples */
  add(samples) {
    const piece = reduce(samples, this.#step, 32_767);
    this.#pieces.push(piece);
    this.#length += piece.length;
    const isLong = this.#length * this.#step > WHOLE_SECONDS * this.#sampleRate;
    const times = Math.ceil(this.#sampleRate / this.#step / LOW_RATE);
    if (!isLong || times < 2) return;
    this.#pieces = this.#pieces.map((kept) => reduce(kept, times, 1));
    this.#length = this.#pieces.reduce((sum, { length }) => sum + length, 0);
    this.#step *= times;
  }

  /** @returns {PlayableSound} */
  finish() {
    const kept = new Int16Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      kept.set(piece, at);
      at += piece.length;
    }
    return {
      sampleRate: this.#sampleRate / this.#step,
      length: kept.length,
      read(from, to) {
        const samples = Float32Array.from(kept.subarray(from, to));
        for (let n = 0; n < samples.length; n++) samples[n] /= 32_767;
        return samples;
      },
    };
  }
}

/**
 * Means of so many samples each: no good resampling, but enough to know a sound again.
 *
 * @param {ArrayLike<number>} samples
 * @param {number} times
 * @param {number} gain
 */
function reduce(samples, times, gain) {
  const means = new Int16Array(Math.ceil(samples.length / times));
  for (let index = 0; index < means.length; index++) {
    const end = Math.min(samples.length, (index + 1) * times);
    let sum = 0;
    for (let n = index * times; n < end; n++) sum += samples[n];
    const mean = (gain * sum) / (end - index * times);
    means[index] = Math.max(-32_768, Math.min(32_767, Math.round(mean)));
  }
  return means;
}
