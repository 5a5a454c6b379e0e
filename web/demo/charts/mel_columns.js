import { powerSpectrum } from './fft.js';

/** Seconds of sound in a frame, at least. */
const FRAME = 0.04;

/** Decibels below full scale at which a column is all dark, and all bright. */
const FLOOR = -95;
const CEILING = -25;

/**
 * The columns of a mel spectrogram, for display, of a sound that comes in pieces. (The network's own spectrogram, which
 * `model.melSpectrogram` gives, is scaled by the loudest of each second, and would flicker.)
 */
export class MelColumns {
  #sampleRate;
  #period;
  #window;
  #edges;
  /** Samples from the next frame's start on. */
  #pending = new Float32Array(0);
  #position = 0;
  #count = 0;

  /**
   * @param {number} sampleRate Hz
   * @param {{ bands: number, highest: number, period: number }} options highest: Hz; period: seconds in a column
   */
  constructor(sampleRate, { bands, highest, period }) {
    const size = 2 ** Math.ceil(Math.log2(FRAME * sampleRate));
    this.#sampleRate = sampleRate;
    this.#period = period;
    this.#window = Float32Array.from(
      { length: size },
      (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size),
    );
    const top = toMel(Math.min(highest, sampleRate / 2));
    this.#edges = Array.from({ length: bands + 1 }, (_, band) => {
      return Math.round((toHertz((top * band) / bands) / sampleRate) * size);
    });
  }

  /** Seconds: where the first column begins, if each stands around the middle of its frame. */
  get start() {
    return this.#window.length / 2 / this.#sampleRate - this.#period / 2;
  }

  /**
   * @param {Float32Array} samples
   * @returns {Float32Array[]} the columns that are complete now, from 0 to 1, the lowest band first
   */
  push(samples) {
    const joined = new Float32Array(this.#pending.length + samples.length);
    joined.set(this.#pending);
    joined.set(samples, this.#pending.length);
    const columns = [];
    let start = this.#nextStart();
    for (; start + this.#window.length <= joined.length; start = this.#nextStart()) {
      columns.push(this.#column(joined.subarray(start, start + this.#window.length)));
      this.#count++;
    }
    const done = Math.min(start, joined.length);
    this.#pending = joined.slice(done);
    this.#position += done;
    return columns;
  }

  /** Where the next frame starts in what is pending. */
  #nextStart() {
    return Math.round(this.#count * this.#period * this.#sampleRate) - this.#position;
  }

  /** @param {Float32Array} frame */
  #column(frame) {
    const power = powerSpectrum(frame.map((sample, index) => sample * this.#window[index]));
    const scale = (this.#window.length / 4) ** 2;
    return Float32Array.from({ length: this.#edges.length - 1 }, (_, band) => {
      const from = this.#edges[band];
      const to = Math.max(from + 1, this.#edges[band + 1]);
      let loudest = 0;
      for (let bin = from; bin < to; bin++) loudest = Math.max(loudest, power[bin]);
      const level = (10 * Math.log10(loudest / scale + 1e-12) - FLOOR) / (CEILING - FLOOR);
      return Math.max(0, Math.min(1, level));
    });
  }
}

/** @param {number} hertz */
function toMel(hertz) {
  return 2595 * Math.log10(1 + hertz / 700);
}

/** @param {number} mel */
function toHertz(mel) {
  return 700 * (10 ** (mel / 2595) - 1);
}
