import { askDecoder, damagedFile, unsupportedFile } from './errors.js';
import { readOggPackets } from './ogg.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/** Rates at which Opus can be decoded, Hz. */
const RATES = /** @type {const} */ ([8000, 12_000, 16_000, 24_000, 48_000]);

/** Positions in the stream, and what is to be left out at its start, are counted at this rate. */
const POSITION_RATE = 48_000;

/**
 * Decodes Opus in an Ogg file, as libsndfile does: at the least rate that holds what was encoded.
 *
 * @param {ByteReader} reader at the first page
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeOpus(reader) {
  const { createOpusDecoder } = await import('./opus_decoder.js');
  const packets = readOggPackets(reader);
  const { preSkip, ...layout } = parseHead((await packets.next()).value?.bytes ?? Buffer.alloc(0));
  await packets.next(); // The comments.
  const decoder = await createOpusDecoder();
  try {
    await askDecoder('Opus', () => decoder.configure(layout));
    const { sampleRate } = layout;
    const toSamples = (/** @type {number} */ position) => Math.round((position * sampleRate) / POSITION_RATE);
    let decodedCount = 0;
    /** @type {number | undefined} in samples: where the first decoded one stands, which is not 0 in a cut stream */
    let origin;
    for await (const { bytes, position, isLast } of packets) {
      const { channelData, errors, samplesDecoded } = await askDecoder('Opus', () =>
        decoder.decodeFrames([bytes]),
      );
      if (errors.length > 0) throw damagedFile('Opus', errors[0].message);
      const start = decodedCount;
      decodedCount += samplesDecoded;
      if (position !== undefined) {
        const end = toSamples(Number(position));
        origin ??= isLast ? 0 : Math.max(0, end - decodedCount);
        if (isLast) decodedCount = Math.min(decodedCount, end - origin);
      }
      const from = Math.max(0, toSamples(preSkip) - start);
      const channels = channelData.map((channel) =>
        channel.subarray(from, Math.max(from, decodedCount - start)),
      );
      if (channels[0]?.length > 0) yield { sampleRate, channels };
    }
  } finally {
    decoder.free();
  }
}

/**
 * The first packet (RFC 7845, section 5.1).
 *
 * @param {Buffer} bytes
 */
function parseHead(bytes) {
  if (bytes.length < 19 || bytes[8] >= 16) throw unsupportedFile('Opus', 'its header is not understood');
  const channels = bytes[9];
  const inputRate = bytes.readUInt32LE(12) || POSITION_RATE;
  const isMapped = bytes[18] !== 0;
  if (channels === 0 || (isMapped ? bytes.length < 21 + channels : channels > 2)) {
    throw unsupportedFile('Opus', `its header says ${channels} channels`);
  }
  return {
    channels,
    preSkip: bytes.readUInt16LE(10),
    sampleRate: RATES.find((rate) => rate >= inputRate) ?? POSITION_RATE,
    outputGain: bytes.readInt16LE(16),
    streamCount: isMapped ? bytes[19] : 1,
    coupledStreamCount: isMapped ? bytes[20] : channels - 1,
    channelMappingTable: isMapped ? [...bytes.subarray(21, 21 + channels)] : [0, 1].slice(0, channels),
  };
}
