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
 * @template [Piece=FloatSamples[]]
 * @typedef {object} SoundSink
 * @property {(piece: Piece, isLast?: boolean) => Promise<void>} push resolves when there is room for more; `isLast`: whether it is known
 *   that there is none, which `finish` says in any case
 * @property {() => Promise<void>} finish resolves when all has come out
 * @property {() => void} close frees what it holds; may be called twice
 */

/**
 * Checks that all pieces of a sound have the same channels and the same rate.
 *
 * @param {number} sampleRate Hz
 * @param {(channelCount: number) => SoundSink} open called at the first piece
 * @returns {SoundSink<AudioInput>}
 */
export function checkSound(sampleRate, open) {
  /** @type {SoundSink | undefined} */
  let sink;
  let channelCount = 0;
  return {
    async push(piece, isLast) {
      const channels = toPiece(piece);
      toSampleRate(piece, sampleRate);
      if (!sink) {
        channelCount = channels.length;
        sink = open(channelCount);
      }
      if (channels.length !== channelCount) {
        throw new EdgeL3Error(
          'audio_invalid',
          `Every piece must have the channels of the first, ${channelCount}; this one has ${channels.length}.`,
        );
      }
      await sink.push(channels, isLast);
    },
    async finish() {
      if (!sink) throw noSamplesError();
      await sink.finish();
    },
    close() {
      sink?.close();
    },
  };
}

/**
 * A stream that takes a sound in pieces.
 *
 * @template T
 * @param {EmbeddingModel} model whose closing ends the stream
 * @param {(enqueue: (chunk: T) => void) => SoundSink<AudioInput>} open
 * @returns {TransformStream<AudioInput, T>}
 */
export function createSoundStream(model, open) {
  /** @type {TransformStreamDefaultController<T>} */
  let controller;
  const sound = open((chunk) => controller.enqueue(chunk));
  let stopListening = () => {};
  const close = () => {
    stopListening();
    sound.close();
  };
  return new TransformStream({
    start(given) {
      controller = given;
      stopListening = onAbort(model.closing, () => controller.error(closedError()));
    },
    transform: (piece) =>
      sound.push(piece).catch((error) => {
        close();
        throw error;
      }),
    flush: () => sound.finish().finally(close),
    // Not yet in the types; an engine that does not know it frees the little that is left when the model is closed.
    .../** @type {object} */ ({ cancel: close }),
  });
}
