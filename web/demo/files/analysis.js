import { getEmbedding } from 'edgel3';
import { spectrogramOf } from '../charts/spectrogram.js';
import { decode } from './sound_file.js';

/** @import { EmbeddingModel } from 'edgel3' */
/** @import { Settings } from '../page/settings.js' */

/**
 * @typedef {object} Analysis
 * @property {string} name of the file
 * @property {AudioBuffer} buffer
 * @property {import('edgel3').EmbeddingResult} result
 * @property {Float32Array[]} embeddings the rows of the result
 * @property {number} middle seconds from a timestamp to the middle of its window
 * @property {Float32Array[]} columns of the spectrogram, from 0 to 1
 */

/** Columns of a spectrogram, at most: more than a screen shows are not computed. */
const MAX_COLUMNS = 1500;

/**
 * All that the page shows of a sound file.
 *
 * @param {File} file
 * @param {EmbeddingModel} model
 * @param {Pick<Settings, 'hopSize' | 'center'>} settings
 * @param {{ onProgress: (share: number) => void, signal: AbortSignal }} options
 * @returns {Promise<Analysis>}
 */
export async function analyse(file, model, { hopSize, center }, { onProgress, signal }) {
  const buffer = await decode(file);
  const result = await getEmbedding(buffer, undefined, {
    model,
    hopSize,
    center,
    signal,
    onProgress: ({ done, total = done }) => onProgress(done / total),
  });
  const [count, dimension] = result.shape;
  return {
    name: file.name,
    buffer,
    result,
    embeddings: Array.from({ length: count }, (_, row) =>
      result.embedding.subarray(row * dimension, (row + 1) * dimension),
    ),
    middle: center ? 0 : 0.5,
    columns: await spectrogramOf(buffer, model, MAX_COLUMNS),
  };
}
