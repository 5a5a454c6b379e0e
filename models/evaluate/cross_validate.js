import { SoundClassifier } from '../../dist/node.js';
import { trainPerceptron } from './perceptron.js';

/** @typedef {{ fold: number, label: string, rows: Float32Array[] }} EmbeddedClip `rows`: its windows */
/** @typedef {'linear' | 'perceptron'} Head */
/** @typedef {{ fold: number, clips: number } & Record<Head, number>} FoldResult for each head the share of clips that it got right */

/**
 * Tests each fold with heads that learned from the others: the linear one of the library (multinomial logistic regression),
 * and a perceptron with two hidden layers, as EdgeL3's and OpenL3's authors take it. A head judges windows, and a clip by the
 * mean over its windows.
 *
 * @param {EmbeddedClip[]} clips
 * @returns {AsyncGenerator<FoldResult>} in the order of the folds
 * @throws {Error} if there is only one fold
 */
export async function* crossValidate(clips) {
  const folds = [...new Set(clips.map(({ fold }) => fold))].sort((a, b) => a - b);
  if (folds.length < 2) throw new Error('There must be at least two folds.');
  for (const fold of folds) {
    const training = clips.filter((clip) => clip.fold !== fold);
    const tests = clips.filter((clip) => clip.fold === fold);
    const result = { fold, clips: tests.length, linear: 0, perceptron: 0 };
    const heads = { linear: await linear(training), perceptron: await trainPerceptron(training) };
    for (const [name, answer] of Object.entries(heads)) {
      let right = 0;
      for (const { label, rows } of tests) if ((await answer(rows)) === label) right++;
      result[/** @type {Head} */ (name)] = right / tests.length;
    }
    yield result;
  }
}

/**
 * @param {EmbeddedClip[]} training
 * @returns {Promise<(rows: Float32Array[]) => Promise<string | null>>} the label of a clip
 */
async function linear(training) {
  const classifier = new SoundClassifier({ head: 'linear' });
  for (const { label, rows } of training) await classifier.addExample(label, rows);
  return async (rows) => (await classifier.classify(rows))[0].label;
}

/**
 * @param {number[]} values at least two
 * @returns {{ mean: number, deviation: number }} `deviation`: the sample's standard deviation
 */
export function spread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
