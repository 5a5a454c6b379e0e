import { ANYTHING, readOptions } from '../common/options.js';
import { checkSampleRate } from './audio.js';
import { checkSound, createSoundStream } from './sound_stream.js';
import { isShort, isSilent, printWarning, shortWarning, silentWarning, WARNING_KINDS } from './warnings.js';
import { checkWindowOptions, WINDOW_KINDS } from './window_options.js';

/** @import { EmbeddingModel } from './model.js' */
/** @import { WarningOptions } from './warnings.js' */
/** @import { AudioInput } from '../common/samples.js' */
/** @import { TimedEmbedding } from '../common/embeddings.js' */
/** @import { RateOptions, SoundSink } from './sound_stream.js' */
/** @import { WindowOptions } from './window_options.js' */

/**
 * How a sound that comes in pieces is embedded: `hopSize` is 0.1 and `center` is true unless they are given. Warnings come
 * at the end.
 *
 * @typedef {WindowOptions & WarningOptions & RateOptions} StreamOptions
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
  return createSoundStream(model, (enqueue) =>
    embedPieces(model, options, (embeddings) => {
      for (const embedding of embeddings) enqueue(embedding);
    }),
  );
}

/**
 * Embeds a sound that comes in pieces, without a stream, which takes longer than all else that a short sound costs beside its
 * windows.
 *
 * @internal
 * @param {EmbeddingModel} model
 * @param {StreamOptions} options
 * @param {(embeddings: TimedEmbedding[]) => void | Promise<void>} onEmbeddings called with the next ones; those behind them
 *   wait for it
 * @returns {SoundSink<AudioInput>}
 * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid, option_invalid
 */
export function embedPieces(model, options, onEmbeddings) {
  const {
    sampleRate,
    hopSize = 0.1,
    center = true,
    onWarning = printWarning,
  } = readOptions(options, STREAM_KINDS);
  const inputRate = checkSampleRate(sampleRate);
  checkWindowOptions({ hopSize, center });
  return checkSound(inputRate, (channelCount) => {
    let count = 0;
    let length = 0;
    let silent = true;
    const framing = { inputRate, channelCount, hopSize, center };
    const pipeline = model.openPipeline('embed', framing, (rows) =>
      onEmbeddings(
        split(rows, model.embeddingDimension).map((embedding) => ({
          timestamp: count++ * hopSize,
          embedding,
        })),
      ),
    );
    return {
      push(channels, isLast) {
        length += channels[0].length;
        silent &&= isSilent(channels);
        return pipeline.push(channels, isLast);
      },
      finish() {
        if (length > 0 && silent) onWarning(silentWarning());
        if (length > 0 && isShort(length, inputRate, model.sampleRate)) onWarning(shortWarning());
        return pipeline.finish();
      },
      close: () => pipeline.close(),
    };
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
