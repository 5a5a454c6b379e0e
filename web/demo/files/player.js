/** Plays pieces of sounds, one at a time. */
export class Player {
  /** @type {AudioContext | undefined} */
  #context;
  /** @type {AudioBufferSourceNode | undefined} */
  #source;
  #startedAt = 0;

  /**
   * @param {AudioBuffer} buffer
   * @param {number} start seconds
   * @param {number} duration seconds
   * @param {() => void} onEnd when it is over, or something else is played
   */
  async play(buffer, start, duration, onEnd) {
    this.stop();
    this.#context ??= new AudioContext();
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    this.#source = source;
    source.connect(this.#context.destination);
    source.onended = () => {
      if (this.#source === source) this.#source = undefined;
      onEnd();
    };
    await this.#context.resume();
    this.#startedAt = this.#context.currentTime - start;
    source.start(0, start, duration);
  }

  stop() {
    this.#source?.stop();
    this.#source = undefined;
  }

  /** Seconds: where in the sound it is; undefined while nothing is played. */
  get time() {
    return this.#source && this.#context && this.#context.currentTime - this.#startedAt;
  }
}
