import { toChannels, toSampleRate } from './audio.js';
import { EdgeL3Error, EdgeL3Warning, printWarning, throwIfAborted } from './errors.js';
import { EmbeddingModel, loadEmbeddingModel } from './model.js';
import { WindowQueue } from './windows.js';

/** @typedef {import('./audio.js').AudioInput} AudioInput */
/** @typedef {import('./audio.js').FloatSamples} FloatSamples */
/** @typedef {import('./fetch_bytes.js').Progress} Progress */

/**
 * @typedef {object} EmbeddingOptions
 * @property {EmbeddingModel} [model] default: the built-in one, loaded at the first call that needs it, then kept
 * @property {number} [hopSize] seconds from one window to the next, at least one sample; default 0.1
 * @property {boolean} [center] whether window k is centred on k * hopSize, with silence in front, instead of starting
 *   there; default true
 * @property {(progress: Progress) => void} [onProgress] stage 'embed', in samples of the input
 * @property {AbortSignal} [signal]
 * @property {(warning: EdgeL3Warning) => void} [onWarning] default: console.warn
 */

/**
 * @typedef {object} EmbeddingResult
 * @property {Float32Array} embedding T x D, one row for each window of one second
 * @property {[number, number]} shape [T, D]
 * @property {Float64Array} timestamps T times in seconds: k * hopSize
 */

/** Seconds of input that are resampled at once. */
const CHUNK_SECONDS = 1;

/** After so many milliseconds the event loop gets its turn: the page stays alive, and an abort is heard. */
const TURN_MILLISECONDS = 40;

/** @type {Promise<EmbeddingModel> | undefined} */
let builtIn;

/**
 * Computes the embeddings of a sound, one for each window of one second, as upstream's `get_embedding` does.
 *
 * @param {AudioInput} audio any length, any number of channels (their mean is taken), floats nominally in [-1, 1]
 * @param {number} [sampleRate] Hz; may be left out for an AudioBuffer
 * @param {EmbeddingOptions} [options]
 * @returns {Promise<EmbeddingResult>}
 * @throws {EdgeL3Error} audio_empty, audio_invalid, audio_not_finite, audio_too_short, option_invalid, hop_invalid,
 *   sample_rate_invalid, closed, aborted, and what loadEmbeddingModel throws
 */
export async function getEmbedding(audio, sampleRate, options = {}) {
  const { hopSize = 0.1, center = true, onProgress, signal, onWarning = printWarning } = options;
  const channels = toChannels(audio);
  if (channels.every((channel) => channel.every((sample) => sample === 0))) {
    onWarning(new EdgeL3Warning('audio_silent', 'The audio is silent: all its samples are zero.'));
  }
  checkOptions(options);
  const inputRate = toSampleRate(audio, sampleRate);
  throwIfAborted(signal);
  const model = options.model ?? (await loadBuiltIn());
  const { length } = channels[0];
  if (Math.trunc(length * (model.sampleRate / inputRate)) < model.sampleRate) {
    onWarning(
      new EdgeL3Warning('audio_short', 'The audio is shorter than one second; silence fills the window.'),
    );
  }

  const input = model.createSignal({ inputRate, channelCount: channels.length, center, hopSize });
  try {
    const queue = new WindowQueue(model.sampleRate, input.hopLength);
    /** @type {Float32Array[]} */
    const rows = [];
    let turn = performance.now();
    const giveTurn = async (/** @type {number} */ done) => {
      if (performance.now() - turn < TURN_MILLISECONDS) return;
      onProgress?.({ stage: 'embed', done, total: length });
      await new Promise((resolve) => setTimeout(resolve));
      throwIfAborted(signal);
      turn = performance.now();
    };
    for (const { chunk, end } of split(channels, Math.ceil(inputRate * CHUNK_SECONDS))) {
      queue.push(chunk ? input.push(chunk) : input.finish());
      await giveTurn(end);
      for (let window = queue.take(); window; window = queue.take()) {
        rows.push(model.embedWindow(window));
        await giveTurn(end);
      }
    }
    onProgress?.({ stage: 'embed', done: length, total: length });
    return toResult(rows, model.embeddingDimension, hopSize);
  } finally {
    input.close();
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

/**
 * @param {EmbeddingOptions} options
 * @throws {EdgeL3Error} option_invalid, hop_invalid
 */
function checkOptions({ model, hopSize = 0.1, center = true }) {
  if (model !== undefined && !(model instanceof EmbeddingModel)) {
    throw new EdgeL3Error('option_invalid', 'model must come from loadEmbeddingModel (await its promise).');
  }
  if (typeof hopSize !== 'number' || !(hopSize > 0) || !Number.isFinite(hopSize)) {
    throw new EdgeL3Error('hop_invalid', `hopSize must be a positive number of seconds, not ${hopSize}.`);
  }
  if (typeof center !== 'boolean') {
    throw new EdgeL3Error('option_invalid', `center must be true or false, not ${center}.`);
  }
}

/**
 * The channels in pieces of the given length, then one turn without a piece for the end.
 *
 * @param {FloatSamples[]} channels
 * @param {number} chunkLength samples
 */
function* split(channels, chunkLength) {
  const { length } = channels[0];
  for (let start = 0; start < length; start += chunkLength) {
    const end = Math.min(length, start + chunkLength);
    yield { chunk: channels.map((channel) => channel.subarray(start, end)), end };
  }
  yield { chunk: undefined, end: length };
}

/**
 * @param {Float32Array[]} rows
 * @param {number} dimension
 * @param {number} hopSize
 * @returns {EmbeddingResult}
 */
function toResult(rows, dimension, hopSize) {
  const embedding = new Float32Array(rows.length * dimension);
  for (const [index, row] of rows.entries()) embedding.set(row, index * dimension);
  return {
    embedding,
    shape: [rows.length, dimension],
    timestamps: Float64Array.from(rows, (_, index) => index * hopSize),
  };
}
