import { onAbort } from '../common/abort.js';
import { closedError, EdgeL3Error } from '../common/errors.js';
import { noSamplesError, toPiece, toSampleRate } from './audio.js';

/** @import { AudioInput, FloatSamples } from '../common/samples.js' */
/** @import { EmbeddingModel } from './model.js' */

/**
 * What is known of a sound before it comes.
 *
 * @typedef {object} RateOptions
 * @property {number} sampleRate Hz, of all pieces
 */

/**
 * Where the pieces of a sound go.
 *
 * @typedef {object} SoundSink
 * @property {(channels: FloatSamples[]) => Promise<void>} push resolves when there is room for more
 * @property {() => Promise<void>} finish resolves when all has come out
 * @property {() => void} close frees what it holds; may be called twice
 */

/**
 * A stream that takes a sound in pieces, which all have the same channels and the same rate.
 *
 * @template T
 * @param {EmbeddingModel} model whose closing ends the stream
 * @param {number} sampleRate Hz
 * @param {(channelCount: number, enqueue: (chunk: T) => void) => Promise<SoundSink>} open called at the first piece
 * @returns {TransformStream<AudioInput, T>}
 */
export function createSoundStream(model, sampleRate, open) {
  /** @type {Promise<SoundSink> | undefined} */
  let opened;
  let channelCount = 0;

  /**
   * @param {AudioInput} piece
   * @param {TransformStreamDefaultController<T>} controller
   */
  const push = async (piece, controller) => {
    const channels = toPiece(piece);
    toSampleRate(piece, sampleRate);
    if (!opened) {
      channelCount = channels.length;
      opened = open(channelCount, (chunk) => controller.enqueue(chunk));
    }
    if (channels.length !== channelCount) {
      throw new EdgeL3Error(
        'audio_invalid',
        `Every piece must have the channels of the first, ${channelCount}; this one has ${channels.length}.`,
      );
    }
    await (await opened).push(channels);
  };
  const finish = async () => {
    if (!opened) throw noSamplesError();
    await (await opened).finish();
  };
  let stopListening = () => {};
  const close = () => {
    stopListening();
    opened?.then(
      (sink) => sink.close(),
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
