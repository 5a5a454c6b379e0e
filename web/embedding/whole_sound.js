import { orAborted, throwIfAborted } from '../common/abort.js';
import { concatenate } from '../common/concatenate.js';
import { CALLBACK, SIGNAL } from '../common/options.js';
import { toChannels } from './audio.js';
import { isShort, isSilent, printWarning, shortWarning, silentWarning, WARNING_KINDS } from './warnings.js';
import { WINDOW_KINDS } from './window_options.js';

/** @import { AudioInput, FloatSamples } from '../common/samples.js' */
/** @import { InputOptions, WindowMethod } from '../engine/engine.js' */
/** @import { EmbeddingModel } from './model.js' */
/** @import { WarningOptions } from './warnings.js' */

/**
 * What every computation on a whole sound takes.
 *
 * @typedef {object} ProgressOptions
 * @property {(progress: import('../common/transfer.js').Progress) => void} [onProgress] stage 'embed', in samples of the
 *   input whose windows are done
 * @property {AbortSignal} [signal] stops the work within one window
 */

/** @typedef {ProgressOptions & WarningOptions} WholeOptions Who is told how it goes, and what stops it. */

/** Of WindowOptions and WholeOptions. */
export const WHOLE_KINDS = { ...WINDOW_KINDS, ...WARNING_KINDS, onProgress: CALLBACK, signal: SIGNAL };

/**
 * @param {AudioInput} audio
 * @param {WholeOptions} options
 * @returns {FloatSamples[]} its channels
 * @throws {EdgeL3Error} audio_invalid, audio_empty
 */
export function readAudio(audio, { onWarning = printWarning }) {
  const channels = toChannels(audio);
  if (isSilent(channels)) onWarning(silentWarning());
  return channels;
}

/**
 * Computes something of all windows of a sound.
 *
 * @internal
 * @param {EmbeddingModel} model
 * @param {WindowMethod} method
 * @param {FloatSamples[]} channels
 * @param {Omit<InputOptions, 'channelCount'>} framing
 * @param {WholeOptions} options
 * @returns {Promise<Float32Array>} one row for each window
 * @throws {EdgeL3Error} audio_not_finite, audio_too_short, sample_rate_invalid, hop_invalid, closed, aborted,
 *   worker_failed, out_of_memory
 */
export async function computeWindows(model, method, channels, framing, options) {
  const { onProgress, signal, onWarning = printWarning } = options;
  const { length } = channels[0];
  if (isShort(length, framing.inputRate, model.sampleRate)) onWarning(shortWarning());
  throwIfAborted(signal);
  /** @type {Float32Array[]} */
  const pieces = [];
  const inputOptions = { ...framing, channelCount: channels.length };
  const pipeline = model.openPipeline(method, inputOptions, (rows, done) => {
    pieces.push(rows);
    onProgress?.({ stage: 'embed', done, total: length });
  });
  const feed = async () => {
    await pipeline.push(channels, true);
    await pipeline.finish();
  };
  try {
    await orAborted(feed(), signal);
  } finally {
    pipeline.close();
  }
  return concatenate(Float32Array, pieces);
}
