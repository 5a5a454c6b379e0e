/** Cuts a signal that arrives in pieces into overlapping (or, if the hop is longer, separate) windows. */
export class WindowQueue {
  #pending = new Float32Array(0);
  /** Samples to leave out before the next window, where the hop reaches beyond what has arrived. */
  #skip = 0;
  #windowLength;
  #hopLength;

  /**
   * @param {number} windowLength samples
   * @param {number} hopLength samples
   */
  constructor(windowLength, hopLength) {
    this.#windowLength = windowLength;
    this.#hopLength = hopLength;
  }

  /** @param {Float32Array} samples */
  push(samples) {
    const skipped = Math.min(this.#skip, samples.length);
    this.#skip -= skipped;
    const joined = new Float32Array(this.#pending.length + samples.length - skipped);
    joined.set(this.#pending);
    joined.set(samples.subarray(skipped), this.#pending.length);
    this.#pending = joined;
  }

  /** @returns {Float32Array | undefined} the next window, undefined until it is complete */
  take() {
    const { length } = this.#pending;
    if (length < this.#windowLength) return undefined;
    const window = this.#pending.subarray(0, this.#windowLength);
    this.#skip = Math.max(0, this.#hopLength - length);
    this.#pending = this.#pending.subarray(this.#hopLength);
    return window;
  }
}
