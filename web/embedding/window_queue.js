/** Windows in a piece: enough to make the way to a worker cheap, few enough to spread a short sound over several. */
const MAX_BATCH = 8;

/** Cuts a sound that arrives in pieces into overlapping (or, if the hop is longer, separate) windows. */
export class WindowQueue {
  #pending = new Float32Array(0);
  /** Samples to leave out before the next window, where the hop reaches beyond what has arrived. */
  #skip = 0;
  #windowLength;
  #hopLength;
  #batchSize;

  /**
   * @param {number} windowLength samples
   * @param {number} hopLength samples
   */
  constructor(windowLength, hopLength) {
    this.#windowLength = windowLength;
    this.#hopLength = hopLength;
    // What lies between distant windows is not carried.
    this.#batchSize = hopLength > windowLength ? 1 : MAX_BATCH;
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

  /**
   * The next windows in one piece, since overlapping ones share most of their samples.
   *
   * @returns {Float32Array | undefined} from the first one's start to the last one's end; undefined until one is complete
   */
  take() {
    const { length } = this.#pending;
    if (length < this.#windowLength) return undefined;
    const complete = 1 + Math.floor((length - this.#windowLength) / this.#hopLength);
    const count = Math.min(complete, this.#batchSize);
    const batch = this.#pending.subarray(0, this.#windowLength + (count - 1) * this.#hopLength);
    this.#skip = Math.max(0, count * this.#hopLength - length);
    this.#pending = this.#pending.subarray(count * this.#hopLength);
    return batch;
  }
}
