/** @import { PlayableSound } from './player.js' */

/** Seconds of a sound that are kept as they are; of a longer one a lower rate is kept, so that it takes little room. */
const WHOLE_SECONDS = 60;

/** Hz, at most, of a longer one. */
const LOW_RATE = 16_000;

/** Hz: a browser need not play higher ones. */
const HIGHEST_RATE = 96_000;

/** Keeps a sound to be heard again: one channel of 16 bits. Nothing is computed from it. */
export class SoundCollector {
  /** @type {Reduction | undefined} until the sound is a long one */
  #whole;
  /** Kept from the beginning: to reduce a minute of sound at once would take too long. */
  #low;

  /** @param {number} sampleRate Hz */
  constructor(sampleRate) {
    this.#whole = new Reduction(sampleRate, HIGHEST_RATE);
    this.#low = new Reduction(sampleRate, LOW_RATE);
  }

  /** @param {Float32Array} samples */
  add(samples) {
    this.#whole?.add(samples);
    this.#low.add(samples);
    if (this.#low.length > WHOLE_SECONDS * this.#low.sampleRate) this.#whole = undefined;
  }

  /** @returns {PlayableSound} */
  finish() {
    return this.#whole ?? this.#low;
  }
}

/**
 * A sound at a lower rate, of means of so many samples each: no good resampling, but enough to know a sound again. It
 * stays in the pieces in which it came: to copy them into one would take too long.
 *
 * @implements {PlayableSound}
 */
class Reduction {
  /** Samples of which one mean is made. */
  #times;
  /** @type {Int16Array[]} */
  #pieces = [];
  /** Of samples that are not in a mean yet. */
  #sum = 0;
  #count = 0;

  length = 0;

  /**
   * @param {number} sampleRate Hz
   * @param {number} highest Hz
   */
  constructor(sampleRate, highest) {
    this.#times = Math.ceil(sampleRate / highest);
    this.sampleRate = sampleRate / this.#times;
  }

  /** @param {Float32Array} samples */
  add(samples) {
    const piece = new Int16Array(Math.floor((this.#count + samples.length) / this.#times));
    let length = 0;
    for (let n = 0; n < samples.length; n++) {
      this.#sum += samples[n];
      if (++this.#count < this.#times) continue;
      const level = Math.round((32_767 * this.#sum) / this.#times);
      piece[length++] = Math.max(-32_768, Math.min(32_767, level));
      this.#sum = 0;
      this.#count = 0;
    }
    this.#pieces.push(piece);
    this.length += length;
  }

  /**
   * @param {number} from samples
   * @param {number} to
   */
  read(from, to) {
    const samples = new Float32Array(Math.min(to, this.length) - from);
    let start = 0;
    for (const piece of this.#pieces) {
      const end = Math.min(piece.length, to - start);
      for (let n = Math.max(0, from - start); n < end; n++) samples[start + n - from] = piece[n] / 32_767;
      start += piece.length;
    }
    return samples;
  }
}
