import { orAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { withoutInherited } from '../common/options.js';
import { toSampleRate } from './audio.js';
import { EmbeddingModel, loadEmbeddingModel } from './model.js';
import { computeWindows, readAudio } from './whole_sound.js';
import { checkWindowOptions } from './window_options.js';

/** @import { AudioInput } from './audio.js' */
/** @import { WholeOptions } from './whole_sound.js' */
/** @typedef {import('./window_options.js').WindowOptions} WindowOptions hopSize: default 0.1; center: default true */

/**
 * @typedef {WindowOptions & WholeOptions & { model?: EmbeddingModel }} EmbeddingOptions `model`: default: the built-in
 *   one, loaded at the first call that needs it, then kept
 */

/**
 * @typedef {object} EmbeddingResult
 * @property {Float32Array} embedding T x D, one row for each window of one second
 * @property {[number, number]} shape [T, D]
 * @property {Float64Array} timestamps T times in seconds: k * hopSize
 */

/** @type {Promise<EmbeddingModel> | undefined} */
let builtIn;

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
  const own = withoutInherited(options);
  const { hopSize = 0.1, center = true } = own;
  const channels = readAudio(audio, own);
  checkModel(own.model);
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
 * @param {Pick<EmbeddingOptions, 'model' | 'signal'>} options
 * @returns {Promise<EmbeddingModel>} the caller's, or the built-in one
 * @throws {EdgeL3Error} option_invalid, aborted, and what loadEmbeddingModel throws
 */
export async function chooseModel({ model, signal }) {
  checkModel(model);
  return model ?? orAborted(loadBuiltIn(), signal);
}

/** @param {unknown} model */
function checkModel(model) {
  if (model !== undefined && !(model instanceof EmbeddingModel)) {
    throw new EdgeL3Error('option_invalid', 'model must come from loadEmbeddingModel (await its promise).');
  }
}

/** @returns {Promise<EmbeddingModel>} */
function loadBuiltIn() {
  builtIn ??= loadEmbeddingModel().catch((error) => {
    builtIn = undefined;
    throw error;
  });
  return builtIn;
}
