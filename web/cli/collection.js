import { processWindows } from '../node.js';
import { forEachAtOnce } from './for_each_at_once.js';
import { ProgressLine } from './progress_line.js';
import { printError } from './report.js';
import { isUsageError } from './usage_error.js';

/** @import { EmbeddingModel } from '../node.js' */

/**
 * @typedef {object} EmbeddedFile
 * @property {string} path
 * @property {Float32Array[]} rows windows in their order, not centred; the last may reach beyond the sound
 * @property {number} hopSize seconds
 * @property {number} seconds how long the sound is
 */

/**
 * @typedef {object} CollectionOptions
 * @property {EmbeddingModel} model
 * @property {number} hopSize seconds
 * @property {number} jobs files at once
 * @property {boolean} quiet
 * @property {AbortSignal} signal
 */

/**
 * Embeds files into memory, several at once, with progress. One that fails is reported, and the others go on.
 *
 * @param {string[]} paths
 * @param {CollectionOptions} options
 * @returns {Promise<{ files: EmbeddedFile[], failed: number }>} in the order of the paths
 */
export async function embedCollection(paths, { model, hopSize, jobs, quiet, signal }) {
  const line = new ProgressLine(!quiet);
  /** @type {Map<string, EmbeddedFile>} */
  const embedded = new Map();
  let finished = 0;
  let failed = 0;
  try {
    await forEachAtOnce(paths, jobs, async (path) => {
      /** @type {Float32Array[]} */
      const rows = [];
      let seconds = 0;
      try {
        const onWindow = (/** @type {{ embedding: Float32Array }} */ { embedding }) => {
          rows.push(embedding);
        };
        await processWindows(path, onWindow, {
          model,
          hopSize,
          // A window shall hold nothing but the sound.
          center: false,
          signal,
          onSound: (soFar) => {
            seconds = soFar;
          },
          onProgress: ({ done, total }) => {
            const fraction = (finished + (total ? done / total : 0)) / paths.length;
            line.draw(fraction, `${finished}/${paths.length} files, ${path}`);
          },
          // A short example is a good one.
          onWarning() {},
        });
        embedded.set(path, { path, rows, hopSize, seconds });
      } catch (error) {
        if (signal.aborted || isUsageError(error)) throw error;
        failed++;
        line.clear();
        printError(error, path);
      }
      finished++;
    });
  } finally {
    line.clear();
  }
  return { files: paths.flatMap((path) => embedded.get(path) ?? []), failed };
}
