import { viewOf } from '../common/bytes.js';
import { askDecoder, damagedFile, unsupportedFile } from './errors.js';
import { readOggPages } from './ogg.js';
import { Trimmer } from './trimmer.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/** Rates at which Opus can be decoded, Hz. */
const RATES = /** @type {const} */ ([8000, 12_000, 16_000, 24_000, 48_000]);

/** Positions in the stream, and what is to be left out at its start, are counted at this rate. */
const POSITION_RATE = 48_000;

/** Packets in front of the sound: the head, and comments. */
const HEADER_PACKETS = 2;

/**
 * Decodes Opus in an Ogg file, as libsndfile does: at the least rate that holds what was encoded.
 *
 * @param {ByteReader} reader at the first page
 * @param {number} serial the stream's number
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeOpus(reader, serial) {
  const { createOpusDecoder } = await import('./opus_decoder.js');
  const decoder = await createOpusDecoder();
  /** @type {Uint8Array[]} */
  const headers = [];
  /** @type {{ sampleRate: number, trimmer: Trimmer } | undefined} */
  let state;
  try {
    for await (const { packets, position, isLast } of readOggPages(reader, serial)) {
      headers.push(...packets.splice(0, HEADER_PACKETS - headers.length));
      if (packets.length === 0) continue;
      if (!state) {
        const { preSkip, ...layout } = parseHead(headers[0]);
        await askDecoder('Opus', () => decoder.configure(layout));
        const { sampleRate } = layout;
        state = { sampleRate, trimmer: new Trimmer({ skip: toSamples(preSkip, sampleRate) }) };
      }
      const { sampleRate, trimmer } = state;
      const { channelData, errors } = await askDecoder('Opus', () => decoder.decodeFrames(packets));
      if (errors.length > 0) throw damagedFile('Opus', errors[0].message);
      if (channelData.length === 0) continue;
      const channels = trimmer.trim(channelData, toSamples(position, sampleRate), isLast);
      if (channels[0].length > 0) yield { sampleRate, channels };
    }
  } finally {
    decoder.free();
  }
}

/**
 * @param {number} position
 * @param {number} sampleRate Hz
 */
function toSamples(position, sampleRate) {
  return Math.round((position * sampleRate) / POSITION_RATE);
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
