import { getEmbedding } from 'edgel3';
import { SoundClassifier } from 'edgel3/analysis';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { EmbeddingRows } from 'edgel3/analysis' */
/** @typedef {{ name: string, recordings: EmbeddingRows[] }} SoundClass */

/** Seconds between the windows of a recording. */
export const HOP_SIZE = 0.1;

/** What the class of all other sounds is called; to the classifier it is null. */
const BACKGROUND = 'background';

/**
 * @param {import('edgel3').AudioInput} audio
 * @param {number | undefined} sampleRate Hz
 * @param {EmbeddingModel} model
 * @returns {Promise<EmbeddingRows>}
 */
export function toRecording(audio, sampleRate, model) {
  // Not centred: a window shall hold nothing but the sound.
  return getEmbedding(audio, sampleRate, { model, hopSize: HOP_SIZE, center: false });
}

/**
 * @param {SoundClass[]} classes
 * @param {EmbeddingModel} model
 * @returns {Promise<SoundClassifier>} taught the examples of all
 */
export async function toClassifier(classes, model) {
  const classifier = new SoundClassifier({ model, hopSize: HOP_SIZE });
  for (const { name, recordings } of classes) {
    for (const recording of recordings) await classifier.addExample(toLabel(name), recording);
  }
  return classifier;
}

/**
 * @param {SoundClassifier} classifier
 * @returns {SoundClass[]}
 */
export function toClasses(classifier) {
  return classifier.labels.map((label) => ({
    name: toName(label),
    recordings: classifier.examplesOf(label),
  }));
}

/** @param {string} name */
function toLabel(name) {
  return name === BACKGROUND ? null : name || 'without a name';
}

/** @param {string | null} label */
export function toName(label) {
  return label ?? BACKGROUND;
}
