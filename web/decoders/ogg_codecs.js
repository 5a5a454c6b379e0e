import { CONVERT, unsupportedFile } from './errors.js';
import { decodeOggFlac } from './flac.js';
import { peekOggStreams } from './ogg.js';
import { decodeOpus } from './opus.js';
import { decodeVorbis } from './vorbis.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/**
 * What a stream in an Ogg file begins with, and how it is decoded if it is.
 *
 * @type {{ start: string, name: string, decode?: (reader: ByteReader, serial: number) => AsyncGenerator<AudioPiece> }[]}
 */
const CODECS = [
  { start: '\x01vorbis', name: 'Vorbis', decode: decodeVorbis },
  { start: 'OpusHead', name: 'Opus', decode: decodeOpus },
  { start: '\x7fFLAC', name: 'FLAC', decode: decodeOggFlac },
  { start: 'Speex   ', name: 'Speex' },
  { start: 'PCM     ', name: 'PCM' },
  { start: 'CELT    ', name: 'CELT' },
  { start: '\x80theora', name: 'Theora video' },
];

/**
 * Decodes the sound in an Ogg file. Streams of other things beside it, such as video, are passed over.
 *
 * @param {ByteReader} reader at the first page
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeOgg(reader) {
  const streams = (await peekOggStreams(reader)).map(({ serial, codec }) => ({
    serial,
    ...CODECS.find(({ start }) => codec.startsWith(start)),
  }));
  const [sound, another] = streams.filter(({ decode }) => decode);
  if (another) throw unsupportedFile('Ogg', `it has more than one sound in it; ${CONVERT}`);
  if (!sound?.decode) {
    const names = streams.flatMap(({ name }) => name ?? []);
    const found = names.length > 0 ? names.join(' and ') : 'something else than Vorbis, Opus or FLAC';
    throw unsupportedFile('Ogg', `what is in it is ${found}; ${CONVERT}`);
  }
  yield* sound.decode(reader, sound.serial);
}
