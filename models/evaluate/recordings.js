import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { getEmbedding, meanOverTime, readAudioFile, soundFormats } from '../../dist/node.js';
import { cosines } from './agreement.js';

/** @import { EmbeddingModel } from '../../dist/node.js' */

/** What the names of files end in that the library reads. */
const ENDINGS = soundFormats.filter(({ isRead }) => isRead).flatMap(({ endings }) => endings);

/** Seconds from one window to the next. Windows are centred, as by default: the first begins before the recording. */
const HOP_SIZE = 0.5;

/**
 * A recording as two models hear it.
 *
 * @typedef {object} Recording
 * @property {string} path
 * @property {Float64Array} cosines of the two models' embeddings, one for each window
 * @property {Float64Array} wholeCosines the same without the windows that begin before the recording or end behind it
 * @property {[Float32Array, Float32Array]} vectors the mean embedding of the model and of its teacher
 */

/**
 * @param {string} folder
 * @returns {Promise<string[]>} the sound files in it and in all folders below, in the order of their paths
 */
export async function listRecordings(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && ENDINGS.includes(entry.name.toLowerCase().split('.').at(-1) ?? ''))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * @param {string} path a sound file
 * @param {EmbeddingModel} model
 * @param {EmbeddingModel} teacher of the same dimension
 * @returns {Promise<Recording>}
 * @throws {import('../../dist/node.js').EdgeL3Error} what readAudioFile and getEmbedding throw
 */
export async function compareOn(path, model, teacher) {
  const { channels, sampleRate } = await readAudioFile(path);
  const embed = (/** @type {EmbeddingModel} */ of) =>
    // A recording may be short or silent.
    getEmbedding(channels, sampleRate, { hopSize: HOP_SIZE, model: of, onWarning: () => {} });
  const own = await embed(model);
  const others = await embed(teacher);
  const all = cosines(own.embedding, others.embedding, model.embeddingDimension);
  const seconds = channels[0].length / sampleRate;
  return {
    path,
    cosines: all,
    // A window is a second around its time.
    wholeCosines: all.filter((_, row) => own.timestamps[row] >= 0.5 && own.timestamps[row] + 0.5 <= seconds),
    vectors: [meanOverTime(own), meanOverTime(others)],
  };
}
