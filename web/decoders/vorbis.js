import { askDecoder, damagedFile } from './errors.js';
import { readOggPages } from './ogg.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/**
 * Decodes Vorbis in an Ogg file.
 *
 * @param {ByteReader} reader at the first page
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeVorbis(reader) {
  const { OggVorbisDecoder } = await import('./vorbis_decoder.js');
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  try {
    for await (const { bytes } of readOggPages(reader)) {
      yield* toPieces(await askDecoder('Vorbis', () => decoder.decode(bytes)));
    }
    yield* toPieces(await askDecoder('Vorbis', () => decoder.flush()));
  } finally {
    decoder.free();
  }
}

/** @param {import('@wasm-audio-decoders/ogg-vorbis').OggVorbisDecodedAudio} decoded */
function* toPieces({ channelData: channels, sampleRate, samplesDecoded, errors }) {
  if (errors.length > 0) throw damagedFile('Vorbis', errors[0].message);
  if (samplesDecoded > 0) yield { sampleRate, channels };
}
