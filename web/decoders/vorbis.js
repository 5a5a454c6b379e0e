import { viewOf } from '../common/bytes.js';
import { askDecoder, damagedFile, unsupportedFile } from './errors.js';
import { readOggPages } from './ogg.js';
import { trimPages } from './trim_pages.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */
/** @import { DecodedPage } from './trim_pages.js' */

/** Packets in front of the sound: identification, comments, set-up of the codec. */
const HEADER_PACKETS = 3;

const IDENTIFICATION_BYTES = 30;

/**
 * Decodes Vorbis in an Ogg file.
 *
 * @param {ByteReader} reader at the first page
 * @param {number} serial the stream's number
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export function decodeVorbis(reader, serial) {
  return trimPages(decodePages(reader, serial), { skip: 0, mayBeginBefore: true });
}

/**
 * @param {ByteReader} reader
 * @param {number} serial
 * @returns {AsyncGenerator<DecodedPage>}
 */
async function* decodePages(reader, serial) {
  const { OggVorbisDecoder, codecFrames, data, header, vorbisSetup } = await import('./vorbis_decoder.js');
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  /** @type {Uint8Array[]} */
  const headers = [];
  let isSetUp = false;
  try {
    for await (const { packets, position, isLast, isFinal } of readOggPages(reader, serial)) {
      headers.push(...packets.splice(0, HEADER_PACKETS - headers.length));
      if (packets.length === 0) continue;
      const [identification, , setup] = headers;
      const frames = packets.map((packet) => ({ [data]: packet, [header]: { [vorbisSetup]: setup } }));
      /** @type {any[]} of what codec-parser would make of pages, that which the decoder looks at */
      const pages = [{ [data]: packets[0], [codecFrames]: frames }];
      if (!isSetUp) {
        checkHeaders(headers);
        pages.unshift({ [data]: identification, [codecFrames]: [] });
        isSetUp = true;
      }
      const decoded = await askDecoder('Vorbis', () => decoder.decodeOggPages(pages));
      if (decoded.errors.length > 0) throw damagedFile('Vorbis', decoded.errors[0].message);
      // As libvorbis, which goes by the last position that there is.
      const endsAtPosition = isLast || isFinal;
      yield {
        sampleRate: decoded.sampleRate,
        channels: decoded.channelData,
        position,
        isLast,
        endsAtPosition,
      };
    }
  } finally {
    decoder.free();
  }
}

/** @param {Uint8Array[]} headers packets */
function checkHeaders([identification, , setup]) {
  if (identification.length < IDENTIFICATION_BYTES || setup[0] !== 5) {
    throw damagedFile('Vorbis', 'its header is not one of Vorbis');
  }
  const [channelCount, sampleRate] = [identification[11], viewOf(identification).getUint32(12, true)];
  if (channelCount < 1 || sampleRate < 1) {
    throw unsupportedFile('Vorbis', `its header says ${channelCount} channels at ${sampleRate} Hz`);
  }
}
