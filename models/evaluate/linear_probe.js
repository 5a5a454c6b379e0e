import { SoundClassifier } from '../../dist/node.js';

/** @typedef {{ vector: Float32Array, label: string }} Example */

/**
 * How well a linear classifier on embeddings does: the library's own, multinomial logistic regression.
 *
 * @param {Example[]} training
 * @param {Example[]} tests
 * @returns {Promise<number>} the fraction of tests that get their label
 */
export async function probe(training, tests) {
  const classifier = new SoundClassifier({ head: 'linear' });
  for (const { vector, label } of training) await classifier.addExample(label, vector);
  let right = 0;
  for (const { vector, label } of tests) {
    const [answer] = await classifier.classify(vector);
    if (answer.label === label) right++;
  }
  return right / tests.length;
}
