import { viewOf } from '../common/bytes.js';
import { askDecoder, damagedFile, unsupportedFile } from './errors.js';
import { readOggPages } from './ogg.js';
import { trimPages } from './trim_pages.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */
/** @import { OggPage } from './ogg.js' */
/** @import { DecodedPage } from './trim_pages.js' */

/** Rates at which Opus can be decoded, Hz. */
const RATES = /** @type {const} */ ([8000, 12_000, 16_000, 24_000, 48_000]);

/** Positions in the stream, and what is to be left out at its start, are counted at this rate. */
const POSITION_RATE = 48_000;

/**
 * Decodes Opus in an Ogg file, as libsndfile does: at the least rate that holds what was encoded.
 *
 * @param {ByteReader} reader at the first page
 * @param {number} serial the stream's number
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeOpus(reader, serial) {
  const pages = readOggPages(reader, serial);
  const { value: page } = await pages.next();
  if (!page) throw damagedFile('Opus', 'it ends inside its header');
  const { preSkip, ...layout } = parseHead(page.packets[0]);
  const step = POSITION_RATE / layout.sampleRate;
  const skip = Math.round(preSkip / step);
  // libsndfile's rounding: down, from where the sound begins.
  const toSamples = (/** @type {number} */ position) => skip + Math.floor((position - preSkip) / step);
  yield* trimPages(decodePages(pages, layout, toSamples), { skip, mayBeginBefore: false });
}

/**
 * @param {AsyncIterable<OggPage>} pages behind the first one
 * @param {import('@audio/decode-opus/core').OpusOptions & { sampleRate: number }} layout
 * @param {(position: number) => number} toSamples
 * @returns {AsyncGenerator<DecodedPage>}
 */
async function* decodePages(pages, layout, toSamples) {
  const { createOpusDecoder } = await import('./opus_decoder.js');
  const decoder = await createOpusDecoder();
  try {
    await askDecoder('Opus', () => decoder.configure(layout));
    let hasComments = false;
    for await (const { packets, position, isLast } of pages) {
      const frames = hasComments ? packets : packets.slice(1);
      hasComments = true;
      const { channelData, errors } = await askDecoder('Opus', () => decoder.decodeFrames(frames));
      if (errors.length > 0) throw damagedFile('Opus', errors[0].message);
      if (channelData.length === 0) continue;
      yield {
        sampleRate: layout.sampleRate,
        channels: channelData,
        position: position < 0 ? position : toSamples(position),
        isLast,
        endsAtPosition: isLast,
      };
    }
  } finally {
    decoder.free();
  }
}

/**
 * The first packet (RFC 7845, section 5.1).
 *
 * @param {Uint8Array} bytes
 */
function parseHead(bytes) {
  if (bytes.length < 19 || bytes[8] >= 16) throw unsupportedFile('Opus', 'its header is not understood');
  const view = viewOf(bytes);
  const channels = bytes[9];
  const inputRate = view.getUint32(12, true) || POSITION_RATE;
  const isMapped = bytes[18] !== 0;
  if (channels === 0 || (isMapped ? bytes.length < 21 + channels : channels > 2)) {
    throw unsupportedFile('Opus', `its header says ${channels} channels`);
  }
  return {
    channels,
    preSkip: view.getUint16(10, true),
    sampleRate: RATES.find((rate) => rate >= inputRate) ?? POSITION_RATE,
    outputGain: view.getInt16(16, true),
    streamCount: isMapped ? bytes[19] : 1,
    coupledStreamCount: isMapped ? bytes[20] : channels - 1,
    channelMappingTable: isMapped ? [...bytes.subarray(21, 21 + channels)] : [0, 1].slice(0, channels),
  };
}
