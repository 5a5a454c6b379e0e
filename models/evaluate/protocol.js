import { processWindows } from '../../dist/node.js';
import { crossValidate, spread } from './cross_validate.js';
import { DATASETS, listClips } from './datasets.js';

/** @import { EmbeddingModel } from '../../dist/node.js' */
/** @import { FoldResult } from './cross_validate.js' */
/** @import { Clip } from './datasets.js' */

/** Seconds from one window to the next. A window holds nothing but the clip, unless it is shorter than a second. */
const HOP_SIZE = 0.5;

/**
 * Runs the protocol that a dataset was published with, and prints how many clips of each fold were recognised, in percent.
 *
 * @param {keyof typeof DATASETS} key
 * @param {string} folder in which the dataset is
 * @param {EmbeddingModel} model
 */
export async function runProtocol(key, folder, model) {
  const dataset = DATASETS[key];
  const clips = await listClips(dataset, folder);
  const labels = new Set(clips.map(({ label }) => label)).size;
  console.log(`${dataset.name}: ${clips.length} clips, ${labels} labels, ${model.identity.name}`);
  printRow(['fold', 'clips', 'linear', 'MLP']);
  /** @type {FoldResult[]} */
  const results = [];
  for await (const result of crossValidate(await embedClips(clips, model))) {
    results.push(result);
    const { fold, clips: count, linear, perceptron } = result;
    printRow([String(fold), String(count), toPercent(linear), toPercent(perceptron)]);
  }
  const [linear, perceptron] = /** @type {const} */ (['linear', 'perceptron']).map((head) =>
    spread(results.map((result) => result[head])),
  );
  printRow(['mean', '', toPercent(linear.mean), toPercent(perceptron.mean)]);
  printRow(['deviation', '', toPercent(linear.deviation), toPercent(perceptron.deviation)]);
}

/**
 * @param {Clip[]} clips
 * @param {EmbeddingModel} model
 */
async function embedClips(clips, model) {
  const embedded = [];
  for (const { path, fold, label } of clips) {
    /** @type {Float32Array[]} */
    const rows = [];
    const onWindow = (/** @type {{ embedding: Float32Array }} */ { embedding }) => {
      rows.push(embedding);
    };
    try {
      // Clips may be short or silent.
      await processWindows(path, onWindow, { model, hopSize: HOP_SIZE, center: false, onWarning() {} });
    } catch (cause) {
      // Without this clip the figures would not be those of the protocol.
      throw new Error(`${path}: ${/** @type {Error} */ (cause).message}`, { cause });
    }
    embedded.push({ fold, label, rows });
  }
  return embedded;
}

/** @param {number} share */
function toPercent(share) {
  return (100 * share).toFixed(1);
}

/** @param {string[]} columns */
function printRow([name, ...figures]) {
  console.log(name.padEnd(9) + figures.map((figure) => figure.padStart(8)).join(''));
}
