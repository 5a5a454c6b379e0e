/** @typedef {{ seconds: number, time: number }} Anchor of `seconds` of sound the last sample arrived at `time` (milliseconds since 1970) */

/** Seconds of sound between two anchors, at least: nearer ones are no more exact than the system's clock. */
const DISTANCE = 1;

/** So many anchors are kept, those of an hour: what began earlier is told by the sample rate. */
const MAX_ANCHORS = 3600;

/**
 * Tells when a sound that comes live was heard. The clock of a sound card runs otherwise than the computer's, by seconds in a day,
 * and a gap in the sound is none in time: so a moment is told from when the samples nearest to it arrived.
 */
export class ArrivalClock {
  #now;
  /** @type {Anchor[]} in the order of time */
  #anchors = [];

  /** @param {() => number} [now] milliseconds since 1970 */
  constructor(now = Date.now) {
    this.#now = now;
  }

  /** @param {number} seconds how long the sound is that has arrived so far */
  arrived(seconds) {
    const anchor = { seconds, time: this.#now() };
    const [before, last] = this.#anchors.slice(-2);
    if (before && last && last.seconds - before.seconds < DISTANCE) this.#anchors.pop();
    this.#anchors.push(anchor);
    if (this.#anchors.length > MAX_ANCHORS) this.#anchors.shift();
  }

  /**
   * @param {number} seconds since the sound began, at least one piece of which has arrived
   * @returns {Date}
   */
  timeOf(seconds) {
    // What arrived first behind this moment; most questions are about the last seconds.
    let at = this.#anchors.length - 1;
    while (at > 0 && this.#anchors[at - 1].seconds >= seconds) at--;
    const anchor = this.#anchors[at];
    return new Date(anchor.time - 1000 * (anchor.seconds - seconds));
  }
}
