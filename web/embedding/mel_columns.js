import { ANYTHING, readOptions } from '../common/options.js';
import { checkSampleRate } from './audio.js';
import { checkSound, createSoundStream } from './sound_stream.js';

/** @import { AudioInput } from '../common/samples.js' */
/** @import { ModelInfo } from '../engine/engine.js' */
/** @import { Pool } from '../engine/pool.js' */
/** @import { EmbeddingModel } from './model.js' */
/** @import { RateOptions } from './sound_stream.js' */

/**
 * The next columns of a sound's spectrogram, for display.
 *
 * @typedef {object} MelColumns
 * @property {Float32Array} melColumns T x mel bands, each column from the lowest band up, in absolute dB: 10 times the
 *   decimal logarithm of an amplitude, never below that of the network's floor (-100 with all published networks, which
 *   is what silence has)
 * @property {[number, number]} shape [T, mel bands]; T is at least 1
 * @property {Float64Array} timestamps T seconds from the sound's start: the middle of each column
 */

/** `sampleRate` is checked by checkSampleRate, which also refuses that there is none. */
const COLUMN_KINDS = { sampleRate: ANYTHING };

/** Seconds of input of which columns are computed at once. */
const PIECE_SECONDS = 1;

/**
 * @internal
 * @param {EmbeddingModel} model
 * @param {Pool} pool
 * @param {ModelInfo} info
 * @param {RateOptions} options
 * @returns {TransformStream<AudioInput, MelColumns>}
 * @throws {EdgeL3Error} sample_rate_invalid, option_invalid
 */
export function createColumnStream(
  model,
  pool,
  { sampleRate: modelRate, melBands, melHop, melOffset },
  options,
) {
  const { sampleRate } = readOptions(options, COLUMN_KINDS);
  const inputRate = checkSampleRate(sampleRate);
  const pieceLength = Math.ceil(inputRate * PIECE_SECONDS);
  return createSoundStream(model, (enqueue) =>
    checkSound(inputRate, (channelCount) => {
      let count = 0;
      const stream = pool.createStream('openColumns', { inputRate, channelCount });
      const give = (/** @type {Float32Array} */ melColumns) => {
        const columns = melColumns.length / melBands;
        if (columns === 0) return;
        const timestamps = Float64Array.from(
          { length: columns },
          (_, index) => ((count + index) * melHop + melOffset) / modelRate,
        );
        count += columns;
        enqueue({ melColumns, shape: [columns, melBands], timestamps });
      };
      return {
        async push(channels) {
          let start = 0;
          do {
            const piece = channels.map((channel) => channel.subarray(start, start + pieceLength));
            give(await pool.push(stream, piece));
            start += pieceLength;
          } while (start < channels[0].length);
        },
        async finish() {
          give(await pool.finish(stream));
        },
        close: () => pool.closeStream(stream),
      };
    }),
  );
}
