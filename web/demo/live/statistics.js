/** Windows over which the time per window is taken. */
const RECENT = 50;

/** Zero crossings of the resampler's filter (resampy's kaiser_best) on either side: it hears so far ahead. */
const FILTER_HALF_WIDTH = 64;

/** Seconds: less is not sound that was lost, but the unevenness with which pieces come. */
const TOLERANCE = 0.1;

/**
 * @typedef {object} StatisticsOptions
 * @property {number} sampleRate Hz, of the sound
 * @property {number} modelRate Hz, at which the network hears
 * @property {boolean} center
 */

/** What can be told of a live run: how long windows take, and whether sound went by unheard. */
export class Statistics {
  #options;
  /** @type {{ end: number, at: number }[]} pieces that the latest windows may have waited for */
  #pieces = [];
  /** @type {number[]} seconds */
  #windowTimes = [];
  /** @type {number[]} by how much, in seconds, the clock is ahead of the sound heard so far */
  #leads = [];
  /** @type {number | undefined} */
  #firstLead;
  #heard = 0;
  #windows = 0;
  #beginning = 0;

  /** @param {StatisticsOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /**
   * A piece of sound has come.
   *
   * @param {number} length samples
   * @param {number} at seconds, by any clock
   */
  hear(length, at) {
    if (this.#heard === 0) this.#beginning = at;
    this.#heard += length / this.#options.sampleRate;
    this.#pieces.push({ end: this.#heard, at });
    this.#leads.push(at - this.#beginning - this.#heard);
    if (this.#leads.length < RECENT) return;
    this.#firstLead ??= Math.min(...this.#leads);
    if (this.#leads.length > RECENT) this.#leads.shift();
  }

  /**
   * A window has been computed.
   *
   * @param {number} timestamp seconds
   * @param {number} at seconds, by the same clock
   */
  embed(timestamp, at) {
    this.#windows++;
    const { sampleRate, modelRate, center } = this.#options;
    const ahead = FILTER_HALF_WIDTH / Math.min(sampleRate, modelRate);
    const complete = timestamp + (center ? 0.5 : 1) + ahead;
    // The piece that completed the window.
    while (this.#pieces.length > 1 && this.#pieces[0].end < complete) this.#pieces.shift();
    const [piece] = this.#pieces;
    // At the end windows come that are filled up with silence: they waited for nothing.
    if (piece.end < complete) return;
    this.#windowTimes.push(at - piece.at);
    if (this.#windowTimes.length > RECENT) this.#windowTimes.shift();
  }

  /** Seconds of sound so far. */
  get heard() {
    return this.#heard;
  }

  /** Windows so far. */
  get windows() {
    return this.#windows;
  }

  /** Seconds from a window's last sample to its embedding: the median of the latest. NaN before the first. */
  get windowTime() {
    const sorted = this.#windowTimes.toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? Number.NaN;
  }

  /** Seconds of sound that went by unheard. */
  get dropped() {
    const lead = Math.min(...this.#leads) - (this.#firstLead ?? 0);
    return this.#firstLead !== undefined && lead > TOLERANCE ? lead : 0;
  }
}
