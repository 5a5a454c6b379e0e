/**
 * @typedef {object} PlayableSound mono
 * @property {number} sampleRate Hz
 * @property {number} length samples
 * @property {(from: number, to: number) => Float32Array} read samples
 */

/** Seconds of a sound that are made ready at once: a long one need not be held twice. */
const PIECE_SECONDS = 20;

/** Hz: a browser need not play others. */
const LOWEST_RATE = 8000;

/** Plays pieces of sounds, one at a time. */
class Player {
  /** @type {AudioContext | undefined} */
  #context;
  /** @type {Run | undefined} */
  #run;

  /**
   * @param {PlayableSound | { samples: Float32Array, sampleRate: number }} sound
   * @param {{ start?: number, duration?: number, onEnd?: () => void }} [options] seconds; onEnd: when it is over, or
   *   something else is played
   * @returns {Promise<void>} once it is heard
   */
  async play(sound, { start = 0, duration = Number.POSITIVE_INFINITY, onEnd = () => {} } = {}) {
    this.stop();
    this.#context ??= new AudioContext();
    const run = new Run(this.#context, toPlayable(sound), start, duration, () => {
      if (this.#run === run) this.#run = undefined;
      onEnd();
    });
    this.#run = run;
    await this.#context.resume();
    run.begin();
  }

  stop() {
    const run = this.#run;
    this.#run = undefined;
    run?.stop();
  }

  /** Whether browsers let the page be heard: only after the visitor did something. */
  get isAllowed() {
    return navigator.userActivation?.hasBeenActive ?? true;
  }

  /** Seconds: where in the sound it is; undefined while nothing is played. */
  get time() {
    return this.#run?.time;
  }
}

/** One sound being played, piece by piece. */
class Run {
  #context;
  #sound;
  #from;
  #to;
  #onEnd;
  #startedAt = Number.NaN;
  #isOver = false;
  /** @type {Set<AudioBufferSourceNode>} */
  #sources = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {AudioContext} context
   * @param {PlayableSound} sound
   * @param {number} start seconds
   * @param {number} duration seconds
   * @param {() => void} onEnd
   */
  constructor(context, sound, start, duration, onEnd) {
    this.#context = context;
    this.#sound = sound;
    this.#from = Math.floor(start * sound.sampleRate);
    this.#to = Math.min(sound.length, this.#from + Math.ceil(duration * sound.sampleRate));
    this.#onEnd = onEnd;
  }

  begin() {
    if (this.#isOver) return;
    this.#startedAt = this.#context.currentTime - this.#from / this.#sound.sampleRate;
    this.#schedule(this.#from);
  }

  stop() {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    for (const source of this.#sources) source.stop();
    this.#onEnd();
  }

  get time() {
    const time = this.#context.currentTime - this.#startedAt;
    return Number.isNaN(time) ? this.#from / this.#sound.sampleRate : time;
  }

  /** @param {number} from samples */
  #schedule(from) {
    const { sampleRate } = this.#sound;
    const to = Math.min(this.#to, from + PIECE_SECONDS * sampleRate);
    if (to <= from) {
      this.stop();
      return;
    }
    const samples = this.#sound.read(from, to);
    const buffer = new AudioBuffer({ length: samples.length, sampleRate });
    buffer.copyToChannel(/** @type {Float32Array<ArrayBuffer>} */ (samples), 0);
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#context.destination);
    this.#sources.add(source);
    source.onended = () => {
      this.#sources.delete(source);
      if (this.#sources.size === 0) this.stop();
    };
    const at = this.#startedAt + from / sampleRate;
    source.start(Math.max(at, this.#context.currentTime));
    // The next one, when this one has begun.
    const wait = 1000 * Math.max(0, at - this.#context.currentTime);
    if (to < this.#to) this.#timer = setTimeout(() => this.#schedule(to), wait);
  }
}

/**
 * @param {PlayableSound | { samples: Float32Array, sampleRate: number }} sound
 * @returns {PlayableSound} of a rate that browsers play
 */
function toPlayable(sound) {
  const { sampleRate } = sound;
  /** @type {PlayableSound} */
  const playable =
    'samples' in sound
      ? {
          sampleRate,
          length: sound.samples.length,
          read: (from, to) => sound.samples.subarray(from, to),
        }
      : sound;
  if (sampleRate >= LOWEST_RATE) return playable;
  // Each sample some times over.
  const times = Math.ceil(LOWEST_RATE / sampleRate);
  return {
    sampleRate: times * sampleRate,
    length: times * playable.length,
    read(from, to) {
      const first = Math.floor(from / times);
      const samples = playable.read(first, Math.ceil(to / times));
      return Float32Array.from(
        { length: to - from },
        (_, n) => samples[Math.floor((from + n) / times) - first],
      );
    },
  };
}

/** The page's only one: two sounds at once would be noise. */
export const player = new Player();
