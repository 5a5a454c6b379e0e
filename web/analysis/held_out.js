import { yieldToEventLoop } from '../common/event_loop.js';

/** @import { Example, Label } from './classifier.js' */
/** @typedef {(window: ArrayLike<number>) => Float64Array} Head from a window of length 1 to the confidences of the classes */

/**
 * How good a classifier is, from recordings that it did not learn from.
 *
 * @typedef {object} Evaluation
 * @property {'neighbours' | 'linear'} head which was judged
 * @property {Label[]} labels of the rows and columns of `confusion`
 * @property {number[][]} confusion recordings, by their label and then by the answer
 * @property {number} recordings how many were judged
 * @property {number | null} accuracy the fraction of them that was right; null if none could be judged
 * @property {[number, number] | null} interval in which the accuracy lies with 95 % confidence (Wilson's score interval)
 * @property {Label[]} unjudged labels with one recording only: held out, nothing would be left to learn from
 */

/** Recordings are held out in so many turns, at most. */
const MAX_FOLDS = 10;

/** Of the normal distribution: within so many standard deviations lie 95 %. */
const QUANTILE = 1.959963984540054;

/**
 * Answers for every recording that can be held out, from heads that learned from others: a tenth of each class, or one
 * recording of each where there are fewer, is held out at a time.
 *
 * @param {Example[][]} classes the recordings of each
 * @param {(classes: Example[][]) => Head} train
 * @returns {Promise<{ label: number, confidences: Float64Array }[]>}
 */
export async function answersForHeldOut(classes, train) {
  const folds = Math.min(MAX_FOLDS, Math.max(...classes.map(({ length }) => length)));
  const isHeldOut = (/** @type {Example[]} */ recordings, /** @type {number} */ index) =>
    recordings.length > 1 ? index % Math.min(folds, recordings.length) : -1;
  const answers = [];
  for (let fold = 0; fold < folds; fold++) {
    await yieldToEventLoop();
    const head = train(
      classes.map((recordings) => recordings.filter((_, index) => isHeldOut(recordings, index) !== fold)),
    );
    for (const [label, recordings] of classes.entries()) {
      for (const [index, { windows }] of recordings.entries()) {
        if (isHeldOut(recordings, index) !== fold) continue;
        answers.push({ label, confidences: meanConfidences(head, windows) });
      }
    }
  }
  return answers;
}

/**
 * @param {Head} head
 * @param {ArrayLike<number>[]} windows at least one
 * @returns {Float64Array} the confidences, averaged over the windows
 */
export function meanConfidences(head, windows) {
  const all = windows.map(head);
  return all[0].map((_, k) => all.reduce((sum, confidences) => sum + confidences[k], 0) / all.length);
}

/**
 * Wilson's score interval of a fraction.
 *
 * @param {number} right
 * @param {number} total above 0
 * @returns {[number, number]}
 */
export function interval(right, total) {
  const square = QUANTILE ** 2 / total;
  const fraction = right / total;
  const middle = (fraction + square / 2) / (1 + square);
  const reach = (QUANTILE * Math.sqrt((fraction * (1 - fraction) + square / 4) / total)) / (1 + square);
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
