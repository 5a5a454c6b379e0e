// Runs in the audio thread of the page, which must not wait for anything: it gathers the samples and hands them on.

/** Samples handed on at once: some 20 ms. */
const CHUNK_LENGTH = 1024;

class CaptureProcessor extends AudioWorkletProcessor {
  #chunk = new Float32Array(CHUNK_LENGTH);
  #length = 0;
  #isStopped = false;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#isStopped = true;
    };
  }

  /**
   * @param {Float32Array[][]} inputs one input of one channel, or of none while nothing is connected
   * @returns {boolean} whether to be called again
   */
  process([[samples]]) {
    if (samples && !this.#isStopped) this.#append(samples);
    return !this.#isStopped;
  }

  /** @param {Float32Array} samples */
  #append(samples) {
    for (const sample of samples) {
      this.#chunk[this.#length++] = sample;
      if (this.#length < CHUNK_LENGTH) continue;
      this.port.postMessage(this.#chunk, [this.#chunk.buffer]);
      this.#chunk = new Float32Array(CHUNK_LENGTH);
      this.#length = 0;
    }
  }
}

registerProcessor('edgel3-capture', CaptureProcessor);
