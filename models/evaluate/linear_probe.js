import { SoundClassifier } from '../../dist/node.js';

/** @typedef {{ vector: Float32Array, label: string, fold: string }} Example */

/**
 * How well a linear classifier on embeddings does: the library's own, multinomial logistic regression. Each fold is tested
 * after learning from the others.
 *
 * @param {Example[]} examples of two folds at least
 * @returns {Promise<number>} the fraction of them that get their label
 */
export async function probe(examples) {
  let right = 0;
  for (const fold of new Set(examples.map((example) => example.fold))) {
    const classifier = new SoundClassifier({ head: 'linear' });
    for (const example of examples) {
      if (example.fold !== fold) await classifier.addExample(example.label, example.vector);
    }
    for (const example of examples) {
      if (example.fold !== fold) continue;
      const [answer] = await classifier.classify(example.vector);
      if (answer.label === example.label) right++;
    }
  }
  return right / examples.length;
}
