import { FLAG, readOptions } from '../common/options.js';

/** @import { Answer, Label } from './classifier.js' */
/** @import { Vector } from './rows.js' */

/**
 * The embedding of one window: what model.stream gives.
 *
 * @typedef {object} TimedVector
 * @property {number} timestamp seconds
 * @property {Vector} embedding D numbers
 */

/**
 * A stretch of a sound that a classifier gives one label.
 *
 * @typedef {object} SoundEvent
 * @property {string} label what it is
 * @property {number} start seconds
 * @property {number} end seconds
 * @property {number} confidence the mean of those of its windows
 */

/**
 * What counts as one event.
 *
 * @typedef {object} EventOptions
 * @property {number} [hold] seconds that a label must last to be an event; default 0.3
 * @property {number} [release] seconds that it may be away without ending the event; default 0.5
 * @property {boolean} [center] as it was given to model.stream: whether windows are centred on their timestamps; default
 *   true
 */

const SECONDS = {
  expected: 'a number of seconds from 0',
  isValid: (/** @type {unknown} */ value) => Number.isFinite(value) && Number(value) >= 0,
};

const EVENT_KINDS = { hold: SECONDS, release: SECONDS, center: FLAG };

/** Seconds of a window. */
const WINDOW = 1;

/**
 * Makes events of the answers for windows as they come. A window counts for the time around its middle, half a hop in each
 * direction.
 *
 * @param {(embedding: Vector) => Promise<Answer>} classify
 * @param {EventOptions} [options]
 * @returns {TransformStream<TimedVector, SoundEvent>}
 * @throws {EdgeL3Error} option_invalid
 */
export function createEventStream(classify, options) {
  const { hold = 0.3, release = 0.5, center = true } = readOptions(options, EVENT_KINDS);
  const events = new EventTracker(hold, release);
  // What a window counts for is known when the next one has come.
  /** @type {{ timestamp: number, answer: Answer } | undefined} */
  let last;
  let hop = WINDOW;
  const middleOf = (/** @type {number} */ timestamp) => timestamp + (center ? 0 : WINDOW / 2);
  /**
   * @param {TransformStreamDefaultController<SoundEvent>} controller
   * @param {boolean} isEnd
   */
  const count = (controller, isEnd) => {
    if (!last) return;
    const { timestamp, answer } = last;
    const middle = middleOf(timestamp);
    // Nothing but the first window tells of its first half, and nothing but the last of its second.
    const start = timestamp === 0 ? 0 : Math.max(0, middle - hop / 2);
    const end = isEnd && !center ? timestamp + WINDOW : middle + hop / 2;
    for (const event of events.next(answer, start, end)) controller.enqueue(event);
  };
  return new TransformStream({
    async transform({ timestamp, embedding }, controller) {
      const answer = await classify(embedding);
      if (last) hop = timestamp - last.timestamp;
      count(controller, false);
      last = { timestamp, answer };
    },
    flush(controller) {
      count(controller, true);
      for (const event of events.finish()) controller.enqueue(event);
    },
  });
}

/** A stretch of one label: it ends where it was heard last, and its confidence is a mean. */
class Stretch {
  #sum = 0;
  #count = 0;

  /** @param {string} label @param {number} start seconds */
  constructor(label, start) {
    this.label = label;
    this.start = start;
    this.end = start;
  }

  /** @param {number} confidence @param {number} end seconds */
  extend(confidence, end) {
    this.#sum += confidence;
    this.#count++;
    this.end = end;
  }

  /** @returns {SoundEvent} */
  toEvent() {
    const { label, start, end } = this;
    return { label, start, end, confidence: this.#sum / this.#count };
  }
}

/** Sums of seconds are off by less than that. */
const TOLERANCE = 1e-9;

class EventTracker {
  #hold;
  #release;
  /** @type {Stretch | undefined} the event under way */
  #current;
  /** @type {Stretch | undefined} what may become the next event, once it has lasted */
  #candidate;

  /** @param {number} hold seconds @param {number} release seconds */
  constructor(hold, release) {
    this.#hold = hold - TOLERANCE;
    this.#release = release - TOLERANCE;
  }

  /**
   * @param {Answer} answer
   * @param {number} start seconds
   * @param {number} end seconds
   * @returns {SoundEvent[]} those that are over now
   */
  next({ label, confidence }, start, end) {
    if (label !== null && label === this.#current?.label) {
      this.#current.extend(confidence, end);
      this.#candidate = undefined;
      return [];
    }
    if (label !== this.#candidate?.label)
      this.#candidate = label === null ? undefined : new Stretch(label, start);
    this.#candidate?.extend(confidence, end);
    const over = [];
    const isNext = this.#candidate !== undefined && end - this.#candidate.start >= this.#hold;
    if (this.#current && (isNext || end - this.#current.end >= this.#release)) {
      over.push(this.#current.toEvent());
      this.#current = undefined;
    }
    if (isNext) {
      this.#current = this.#candidate;
      this.#candidate = undefined;
    }
    return over;
  }

  /** @returns {SoundEvent[]} what is under way at the end */
  finish() {
    return this.#current ? [this.#current.toEvent()] : [];
  }
}
