import { getEmbedding } from 'edgel3';
import { l2Normalize, meanOverTime, SoundClassifier, similarity } from 'edgel3/analysis';
import { createId } from './taught.js';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { EmbeddingRows, Label } from 'edgel3/analysis' */
/** @import { EmbeddedSound } from '../sounds/shipped.js' */
/** @import { Sound } from '../sounds/sounds.js' */
/** @import { SoundClass } from './taught.js' */

/** Seconds between the windows of a recording. */
export const HOP_SIZE = 0.1;

/** What the class of all other sounds is called here; to the classifier it is null. */
export const BACKGROUND = 'background';

/** What the answer null is called. */
const NOTHING = 'nothing I know';

/** Confidence below which the answer is "nothing I know". */
const THRESHOLD = 0.5;

/**
 * @param {Sound} sound
 * @param {EmbeddingModel} model
 * @returns {Promise<EmbeddingRows>}
 */
export function embedExample({ samples, sampleRate }, model) {
  // Not centred: a window shall hold nothing but the sound.
  return getEmbedding(samples, sampleRate, { model, hopSize: HOP_SIZE, center: false, onWarning() {} });
}

/**
 * The same classes with what this network makes of each recording. What has no sound stays as it is.
 *
 * @param {SoundClass[]} classes
 * @param {EmbeddingModel} model
 * @returns {Promise<SoundClass[]>} the very same array if there was nothing to do
 */
export async function embedClasses(classes, model) {
  const { sha256: network } = model.identity;
  let isSame = true;
  const result = [];
  for (const soundClass of classes) {
    const recordings = [];
    for (const recording of soundClass.recordings) {
      if (recording.embedded?.network === network || !recording.sound) recordings.push(recording);
      else {
        isSame = false;
        recordings.push({
          ...recording,
          embedded: { network, rows: await embedExample(recording.sound, model) },
        });
      }
    }
    result.push({ ...soundClass, recordings });
  }
  return isSame ? classes : result;
}

/**
 * What this network can be taught of the classes.
 *
 * @param {SoundClass[]} classes
 * @param {EmbeddingModel} model
 * @returns {{ label: Label, recordings: EmbeddingRows[] }[]} those with at least one recording
 */
export function examplesFor(classes, model) {
  /** @type {Map<Label, EmbeddingRows[]>} */
  const examples = new Map();
  for (const { name, recordings } of classes) {
    const label = name.trim() === BACKGROUND ? null : name.trim() || 'without a name';
    for (const { embedded } of recordings) {
      if (embedded?.network === model.identity.sha256) {
        examples.set(label, [...(examples.get(label) ?? []), embedded.rows]);
      }
    }
  }
  return [...examples].map(([label, recordings]) => ({ label, recordings }));
}

/**
 * A classifier that was taught the examples, and as background the sounds that come with the page, but for the kinds that
 * something taught is most like: these may be what was meant.
 *
 * @param {ReturnType<typeof examplesFor>} examples
 * @param {EmbeddingModel} model
 * @param {EmbeddedSound[]} shipped
 * @returns {Promise<SoundClassifier>}
 */
export async function teachWithBackground(examples, model, shipped) {
  const classifier = new SoundClassifier({ model, hopSize: HOP_SIZE, threshold: THRESHOLD });
  const meant = new Set();
  for (const { label, recordings } of examples) {
    for (const recording of recordings) {
      await classifier.addExample(label, recording);
      if (label !== null) meant.add(nearestKind(recording, shipped));
    }
  }
  for (const { kind, rows } of shipped) if (!meant.has(kind)) await classifier.addExample(null, rows);
  return classifier;
}

/**
 * What is saved: nothing but what the visitor taught.
 *
 * @param {ReturnType<typeof examplesFor>} examples
 * @param {EmbeddingModel} model
 */
export async function teachExamples(examples, model) {
  const classifier = new SoundClassifier({ model, hopSize: HOP_SIZE });
  for (const { label, recordings } of examples) {
    for (const recording of recordings) await classifier.addExample(label, recording);
  }
  return classifier;
}

/**
 * @param {string} text of an examples file
 * @param {EmbeddingModel} model
 * @returns {SoundClass[]}
 * @throws {import('edgel3').EdgeL3Error} as SoundClassifier.fromJSON
 */
export function readExamples(text, model) {
  const classifier = SoundClassifier.fromJSON(text, { model });
  const { sha256: network } = model.identity;
  return classifier.labels.map((label) => ({
    id: createId(),
    name: label ?? BACKGROUND,
    recordings: classifier.examplesOf(label).map((rows) => ({
      id: createId(),
      origin: 'loaded',
      embedded: { network, rows },
    })),
  }));
}

/** @param {Label} label @returns {string} */
export function toName(label) {
  return label ?? NOTHING;
}

/**
 * @param {EmbeddingRows} recording
 * @param {EmbeddedSound[]} shipped
 */
function nearestKind(recording, shipped) {
  const mean = (/** @type {EmbeddingRows} */ rows) => l2Normalize(meanOverTime(rows));
  const own = mean(recording);
  const similarities = shipped.map(({ rows }) => similarity(own, mean(rows)));
  return shipped[similarities.indexOf(Math.max(...similarities))]?.kind;
}
