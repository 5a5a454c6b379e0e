import { isBlob, readBlob } from '../common/blob.js';
import { isBuffer, toBytes } from '../common/bytes.js';
import { EdgeL3Error } from '../common/errors.js';
import { joinPieces } from './join_pieces.js';
import { openAudio } from './open_audio.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { AudioStream } from './open_audio.js' */

/**
 * The sound of a file.
 *
 * @typedef {object} DecodedAudio
 * @property {FloatSamples[]} channels one array for each; Float64Array where Float32Array could not hold the samples
 * @property {number} sampleRate Hz, as the file says
 */

/** @typedef {Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array>} SoundSource The bytes of a sound file. */

/**
 * Decodes a sound file in a page, a worker or Node: WAV, AIFF, FLAC, Ogg (Vorbis, Opus or FLAC) or MP3, at the rate that
 * it says. The samples are those of Python's soundfile, the same everywhere.
 *
 * @param {SoundSource} source
 * @returns {Promise<DecodedAudio>}
 * @throws {EdgeL3Error} audio_invalid: `source` is nothing that has bytes; file_unsupported; file_damaged
 */
export async function decodeAudio(source) {
  return collectAudio(await decodeAudioStream(source));
}

/**
 * Decodes a sound file as its bytes come, for sounds too long to be held in memory: the same samples as decodeAudio's.
 *
 * @param {SoundSource} source
 * @returns {Promise<AudioStream>} `pieces` is to be read to its end, or ended by `return()`
 * @throws {EdgeL3Error} as decodeAudio; what is damaged later on is told by `pieces`
 */
export async function decodeAudioStream(source) {
  return openAudio(chunksOf(source));
}

/**
 * @param {AudioStream} stream
 * @returns {Promise<DecodedAudio>}
 * @throws {EdgeL3Error} what the stream ends with
 */
export async function collectAudio({ sampleRate, pieces }) {
  /** @type {FloatSamples[][]} */
  const all = [];
  for await (const piece of pieces) all.push(piece);
  return { sampleRate, channels: joinPieces(all) };
}

/**
 * @param {SoundSource} source
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* chunksOf(source) {
  if (ArrayBuffer.isView(source) || isBuffer(source)) {
    yield toBytes(source);
  } else if (isBlob(source)) {
    // jsdom's blobs have no streams.
    if (source.stream) yield* readStream(source.stream());
    else yield new Uint8Array(await readBlob(source));
    // The tag, unlike instanceof, also knows what comes from another window.
  } else if (Object.prototype.toString.call(source) === '[object ReadableStream]') {
    yield* readStream(source);
  } else {
    throw new EdgeL3Error(
      'audio_invalid',
      'Give the bytes of a sound file: a Uint8Array, an ArrayBuffer, a Blob, a File or a ReadableStream.',
    );
  }
}

/**
 * Not by `for await`, which Safari does not know for streams.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {AsyncGenerator<Uint8Array>}
 */
async function* readStream(stream) {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // What is not needed is not to be sent.
    await reader.cancel().catch(() => {});
  }
}
