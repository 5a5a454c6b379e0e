import { POOLING_KIND, poolOverTime } from '../analysis/pooling.js';
import { l2Normalize } from '../analysis/vectors.js';
import { orAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING, FLAG, readOptions } from '../common/options.js';
import { SELECTION_KINDS } from '../published/names.js';
import { toSampleRate } from './audio.js';
import { EmbeddingModel, loadEmbeddingModel } from './model.js';
import { createResult } from './result.js';
import { embedAll, isSeveral } from './several_sounds.js';
import { computeWindows, readAudio, WHOLE_KINDS } from './whole_sound.js';
import { checkWindowOptions } from './window_options.js';

/** @import { Pooling } from '../analysis/pooling.js' */
/** @import { AudioInput } from '../common/samples.js' */
/** @import { EmbeddingResult } from './result.js' */
/** @import { WholeOptions } from './whole_sound.js' */
/** @import { Selection } from '../published/names.js' */
/** @import { WindowOptions } from './window_options.js' */

/**
 * What becomes of the rows.
 *
 * @typedef {object} RowOptions
 * @property {Pooling} [pooling] one row for the whole sound instead of one for each window, as poolOverTime makes it;
 *   `timestamps` is then [0]
 * @property {boolean} [normalize] gives every row the length 1, as l2Normalize does (after `pooling`); default false
 */

/**
 * By which network.
 *
 * @typedef {object} ModelChoice
 * @property {EmbeddingModel} [model] from loadEmbeddingModel. Default: what upstream's options choose, as in
 *   loadEmbeddingModel, or else the built-in one; either is loaded at the first call that needs it, then kept
 */

/**
 * How a sound is embedded, and by which network: `hopSize` is 0.1 and `center` is true unless they are given.
 *
 * @typedef {WindowOptions & WholeOptions & Selection & ModelChoice} SoundOptions
 */

/** @typedef {SoundOptions & RowOptions} EmbeddingOptions How a sound is embedded, and what becomes of the rows. */

/** `model` is checked by checkModel. @type {Record<keyof SoundOptions, import('../common/options.js').Kind>} */
export const EMBEDDING_KINDS = { ...WHOLE_KINDS, ...SELECTION_KINDS, model: ANYTHING };

const ROW_KINDS = { ...EMBEDDING_KINDS, pooling: POOLING_KIND, normalize: FLAG };

/** @type {Map<string, Promise<EmbeddingModel>>} by the options that chose them */
const kept = new Map();

/**
 * Computes the embeddings of a sound, one for each window of one second, as upstream's `get_embedding` does; or those of
 * several sounds, whose windows are spread over the workers together.
 *
 * @overload
 * @param {AudioInput} audio any length, any number of channels (their mean is taken), floats nominally in [-1, 1];
 *   not to change until the promise is settled, and never changed or detached here
 * @param {number} [sampleRate] Hz; may be left out where the audio has it: an AudioBuffer, or what readAudioFile gives
 * @param {EmbeddingOptions} [options]
 * @returns {Promise<EmbeddingResult>}
 * @throws {EdgeL3Error} audio_empty, audio_invalid, audio_not_finite, audio_too_short, option_invalid, hop_invalid,
 *   sample_rate_invalid, closed, aborted, worker_failed, out_of_memory, and what loadEmbeddingModel throws
 */
/**
 * @overload
 * @param {AudioInput[]} sounds each an array of channels, an AudioBuffer, or what readAudioFile gives; or, where
 *   `sampleRate` is an array, in any form
 * @param {number | number[]} [sampleRate] Hz: of all, or of each
 * @param {EmbeddingOptions} [options] `onProgress`: over all sounds together
 * @returns {Promise<EmbeddingResult[]>} one for each sound, in their order; the first error of any ends all
 */
/**
 * @param {AudioInput | AudioInput[]} audio
 * @param {number | number[]} [sampleRate]
 * @param {EmbeddingOptions} [options]
 * @returns {Promise<EmbeddingResult | EmbeddingResult[]>}
 */
export async function getEmbedding(audio, sampleRate, options) {
  const own = readOptions(options, ROW_KINDS);
  if (isSeveral(audio, sampleRate)) return embedAll(embedOne, audio, sampleRate, own);
  return embedOne(/** @type {AudioInput} */ (audio), /** @type {number | undefined} */ (sampleRate), own);
}

/**
 * @param {AudioInput} audio
 * @param {number | undefined} sampleRate
 * @param {EmbeddingOptions} own
 */
async function embedOne(audio, sampleRate, own) {
  const { hopSize = 0.1, center = true, pooling, normalize = false } = own;
  const channels = readAudio(audio, own);
  checkModel(own);
  checkWindowOptions({ hopSize, center });
  const framing = { inputRate: toSampleRate(audio, sampleRate), hopSize, center };
  const model = await chooseModel(own);
  const embedding = await computeWindows(model, 'embed', channels, framing, own);
  const dimension = model.embeddingDimension;
  const rows = pooling
    ? poolOverTime({ embedding, shape: shapeOf(embedding, dimension) }, pooling)
    : embedding;
  const shape = shapeOf(rows, pooling ? rows.length : dimension);
  const timestamps = Float64Array.from({ length: shape[0] }, (_, index) => index * hopSize);
  const result = createResult({ embedding: rows, shape, timestamps }, model.identity);
  if (normalize) for (const { embedding: row } of result) row.set(l2Normalize(row));
  return result;
}

/**
 * @param {Float32Array} rows
 * @param {number} dimension
 * @returns {[number, number]}
 */
function shapeOf(rows, dimension) {
  return [rows.length / dimension, dimension];
}

/**
 * @internal
 * @param {SoundOptions} options
 * @returns {Promise<EmbeddingModel>} the caller's, that which is chosen, or the built-in one
 * @throws {EdgeL3Error} option_invalid, aborted, and what loadEmbeddingModel throws
 */
export async function chooseModel(options) {
  checkModel(options);
  return options.model ?? orAborted(loadKept(selectionOf(options)), options.signal);
}

/**
 * @param {SoundOptions} options
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
 * @param {SoundOptions} options
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
