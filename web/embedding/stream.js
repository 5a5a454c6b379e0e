import { onAbort } from '../common/abort.js';
import { closedError, EdgeL3Error } from '../common/errors.js';
import { ANYTHING, readOptions } from '../common/options.js';
import { checkSampleRate, noSamplesError, toPiece, toSampleRate } from './audio.js';
import { isShort, isSilent, printWarning, shortWarning, silentWarning, WARNING_KINDS } from './warnings.js';
import { checkWindowOptions, WINDOW_KINDS } from './window_options.js';

/** @import { EmbeddingModel } from './model.js' */
/** @import { Pipeline } from './pipeline.js' */
/** @import { WarningOptions } from './warnings.js' */
/** @import { AudioInput } from '../common/samples.js' */
/** @import { WindowOptions } from './window_options.js' */

/**
 * @typedef {WindowOptions & WarningOptions & { sampleRate: number }} StreamOptions `sampleRate`: Hz, of all that comes;
 *   `hopSize`: default 0.1; `center`: default true. Warnings come at the end
 */

/**
 * @typedef {object} TimedEmbedding
 * @property {number} timestamp seconds: k * hopSize
 * @property {Float32Array} embedding D numbers
 */

/** `sampleRate` is checked by checkSampleRate, which also refuses that there is none. */
const STREAM_KINDS = { ...WINDOW_KINDS, ...WARNING_KINDS, sampleRate: ANYTHING };

/**
 * @param {EmbeddingModel} model
 * @param {StreamOptions} options
 * @returns {TransformStream<AudioInput, TimedEmbedding>}
 * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid, option_invalid
 */
export function createStream(model, options) {
  const {
    sampleRate,
    hopSize = 0.1,
    center = true,
    onWarning = printWarning,
  } = readOptions(options, STREAM_KINDS);
  const inputRate = checkSampleRate(sampleRate);
  checkWindowOptions({ hopSize, center });
  /** @type {Promise<Pipeline> | undefined} */
  let opened;
  let channelCount = 0;
  let count = 0;
  let length = 0;
  let silent = true;

  /**
   * @param {AudioInput} piece
   * @param {TransformStreamDefaultController<TimedEmbedding>} controller
   */
  const push = async (piece, controller) => {
    const channels = toPiece(piece);
    toSampleRate(piece, sampleRate);
    if (!opened) {
      channelCount = channels.length;
      opened = model.openPipeline('embed', { inputRate, channelCount, hopSize, center }, (rows) => {
        for (const embedding of split(rows, model.embeddingDimension)) {
          controller.enqueue({ timestamp: count++ * hopSize, embedding });
        }
      });
    }
    if (channels.length !== channelCount) {
      throw new EdgeL3Error(
        'audio_invalid',
        `Every piece must have the channels of the first, ${channelCount}; this one has ${channels.length}.`,
      );
    }
    length += channels[0].length;
    silent &&= isSilent(channels);
    await (await opened).push(channels);
  };
  const finish = async () => {
    if (!opened) throw noSamplesError();
    if (length > 0 && silent) onWarning(silentWarning());
    if (length > 0 && isShort(length, inputRate, model.sampleRate)) onWarning(shortWarning());
    await (await opened).finish();
  };
  let stopListening = () => {};
  const close = () => {
    stopListening();
    opened?.then(
      (pipeline) => pipeline.close(),
      () => {},
    );
  };
  return new TransformStream({
    start(controller) {
      stopListening = onAbort(model.closing, () => controller.error(closedError()));
    },
    transform: (piece, controller) =>
      push(piece, controller).catch((error) => {
        close();
        throw error;
      }),
    flush: () => finish().finally(close),
    // Not yet in the types; an engine that does not know it frees the little that is left when the model is closed.
    .../** @type {object} */ ({ cancel: close }),
  });
}

/**
 * @param {Float32Array} rows
 * @param {number} length
 * @returns {Float32Array[]} each with a buffer of its own, so that keeping one does not keep them all
 */
function split(rows, length) {
  return Array.from({ length: rows.length / length }, (_, index) =>
    rows.slice(index * length, (index + 1) * length),
  );
}
