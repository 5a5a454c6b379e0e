import { orAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING, readOptions } from '../common/options.js';
import { SELECTION_KINDS } from '../published/names.js';
import { toSampleRate } from './audio.js';
import { EmbeddingModel, loadEmbeddingModel } from './model.js';
import { computeWindows, readAudio, WHOLE_KINDS } from './whole_sound.js';
import { checkWindowOptions } from './window_options.js';

/** @import { AudioInput } from './audio.js' */
/** @import { WholeOptions } from './whole_sound.js' */
/** @import { Selection } from '../published/names.js' */
/** @typedef {import('./window_options.js').WindowOptions} WindowOptions hopSize: default 0.1; center: default true */

/**
 * @typedef {WindowOptions & WholeOptions & Selection & { model?: EmbeddingModel }} EmbeddingOptions `model`: default: what
 *   upstream's options choose, as in loadEmbeddingModel, or else the built-in one; either is loaded at the first call
 *   that needs it, then kept
 */

/**
 * @typedef {object} EmbeddingResult
 * @property {Float32Array} embedding T x D, one row for each window of one second
 * @property {[number, number]} shape [T, D]
 * @property {Float64Array} timestamps T times in seconds: k * hopSize
 */

/** `model` is checked by checkModel. @type {Record<keyof EmbeddingOptions, import('../common/options.js').Kind>} */
export const EMBEDDING_KINDS = { ...WHOLE_KINDS, ...SELECTION_KINDS, model: ANYTHING };

/** @type {Map<string, Promise<EmbeddingModel>>} by the options that chose them */
const kept = new Map();

/**
 * Computes the embeddings of a sound, one for each window of one second, as upstream's `get_embedding` does.
 *
 * @param {AudioInput} audio any length, any number of channels (their mean is taken), floats nominally in [-1, 1];
 *   not to change until the promise is settled, and never changed or detached here
 * @param {number} [sampleRate] Hz; may be left out for an AudioBuffer
 * @param {EmbeddingOptions} [options]
 * @returns {Promise<EmbeddingResult>}
 * @throws {EdgeL3Error} audio_empty, audio_invalid, audio_not_finite, audio_too_short, option_invalid, hop_invalid,
 *   sample_rate_invalid, closed, aborted, worker_failed, out_of_memory, and what loadEmbeddingModel throws
 */
export async function getEmbedding(audio, sampleRate, options) {
  const own = readOptions(options, EMBEDDING_KINDS);
  const { hopSize = 0.1, center = true } = own;
  const channels = readAudio(audio, own);
  checkModel(own);
  checkWindowOptions({ hopSize, center });
  const framing = { inputRate: toSampleRate(audio, sampleRate), hopSize, center };
  const model = await chooseModel(own);
  const embedding = await computeWindows(model, 'embed', channels, framing, own);
  const count = embedding.length / model.embeddingDimension;
  return {
    embedding,
    shape: [count, model.embeddingDimension],
    timestamps: Float64Array.from({ length: count }, (_, index) => index * hopSize),
  };
}

/**
 * @internal
 * @param {EmbeddingOptions} options
 * @returns {Promise<EmbeddingModel>} the caller's, that which is chosen, or the built-in one
 * @throws {EdgeL3Error} option_invalid, aborted, and what loadEmbeddingModel throws
 */
export async function chooseModel(options) {
  checkModel(options);
  return options.model ?? orAborted(loadKept(selectionOf(options)), options.signal);
}

/**
 * @param {EmbeddingOptions} options
 * @throws {EdgeL3Error} option_invalid
 */
function checkModel(options) {
  const { model } = options;
  if (model === undefined) return;
  if (!(model instanceof EmbeddingModel)) {
    throw new EdgeL3Error('option_invalid', 'model must come from loadEmbeddingModel (await its promise).');
  }
  const [chosen] = Object.keys(selectionOf(options));
  if (chosen) throw new EdgeL3Error('option_invalid', `Give either model or ${chosen}, not both.`);
}

/**
 * @param {EmbeddingOptions} options
 * @returns {Selection} what is given of upstream's options
 */
function selectionOf(options) {
  const given = Object.entries(options).filter(
    ([name, value]) => Object.hasOwn(SELECTION_KINDS, name) && value !== undefined,
  );
  return Object.fromEntries(given);
}

/**
 * @param {Selection} selection
 * @returns {Promise<EmbeddingModel>}
 */
function loadKept(selection) {
  const key = JSON.stringify(Object.entries(selection).sort());
  const loading =
    kept.get(key) ??
    loadEmbeddingModel(selection).catch((error) => {
      kept.delete(key);
      throw error;
    });
  kept.set(key, loading);
  return loading;
}
