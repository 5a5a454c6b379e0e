import { damagedFile, unsupportedFile } from './errors.js';
import { decodeFrame } from './flac_frame.js';
import { readOggPackets } from './ogg.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */
/** @import { StreamInfo } from './flac_frame.js' */

/** libsndfile's, and what float32 holds exactly. */
const MAX_BITS = 24;

const STREAM_INFO_BYTES = 34;

/**
 * Decodes a FLAC file (RFC 9639). Not by a library: those at hand divide by 32767, and pass over damage in silence.
 *
 * @param {ByteReader} reader at 'fLaC'
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeFlac(reader) {
  await reader.skip(4);
  /** @type {StreamInfo | undefined} */
  let info;
  for (let isLast = false; !isLast; ) {
    const header = await reader.read(4);
    if (header.length < 4) throw damagedFile('FLAC', 'it ends inside its header');
    isLast = header[0] >= 0x80;
    const size = header.readUIntBE(1, 3);
    if (!info) info = parseStreamInfo(await reader.peek(Math.min(size, STREAM_INFO_BYTES)));
    await reader.skip(size);
  }
  yield* decodeFrames(/** @type {StreamInfo} */ (info), readFrames(reader, /** @type {StreamInfo} */ (info)));
}

/**
 * Decodes FLAC in an Ogg file (RFC 9639, section 10.1).
 *
 * @param {ByteReader} reader at the first page
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeOggFlac(reader) {
  const packets = readOggPackets(reader);
  const { value: first } = await packets.next();
  // 0x7f 'FLAC', version, how many headers follow; then a FLAC file's first bytes: 'fLaC' and a block's header.
  const info = parseStreamInfo(first?.bytes.subarray(17) ?? Buffer.alloc(0));
  const frames = async function* () {
    for await (const { bytes } of packets) if (bytes[0] === 0xff) yield bytes;
  };
  yield* decodeFrames(info, frames());
}

/**
 * @param {StreamInfo} info
 * @param {AsyncIterable<Uint8Array> | AsyncGenerator<Uint8Array, void, number>} frames each at least whole
 * @returns {AsyncGenerator<AudioPiece>}
 */
async function* decodeFrames(info, frames) {
  const { sampleRate, sampleCount, bits } = info;
  const scale = 2 ** (1 - bits);
  let done = 0;
  const source = frames[Symbol.asyncIterator]();
  for (let used = 0; ; ) {
    const { done: ended, value: bytes } = await source.next(used);
    if (ended) break;
    const frame = decodeFrame(bytes, info);
    if (!frame) throw damagedFile('FLAC', `what follows its first ${done} samples cannot be decoded`);
    yield { sampleRate, channels: frame.channels.map((samples) => toFloats(samples, scale)) };
    used = frame.byteLength;
    done += frame.channels[0].length;
    // What follows the last frame, such as an ID3 tag, does not matter.
    if (done >= sampleCount && sampleCount > 0) break;
  }
  if (done < sampleCount) {
    throw damagedFile('FLAC', `it ends after ${done} of its ${sampleCount} samples`);
  }
}

/**
 * @param {ByteReader} reader at the first frame
 * @param {StreamInfo} info
 * @returns {AsyncGenerator<Uint8Array, void, number>} bytes from the next frame on; takes how many of them were one
 */
async function* readFrames(reader, { maxBlockSize, channelCount, bits }) {
  // Twice what it takes without compression: no encoder that compresses will need more.
  const enough = 64 + 2 * channelCount * Math.ceil((maxBlockSize * (bits + 1)) / 8);
  for (;;) {
    const bytes = await reader.peek(enough);
    if (bytes.length === 0) return;
    const used = yield bytes;
    await reader.skip(used);
  }
}

/**
 * Not by Float32Array.from, which takes six times as long as all the rest.
 *
 * @param {Float64Array} samples
 * @param {number} scale
 */
function toFloats(samples, scale) {
  const floats = new Float32Array(samples.length);
  for (let index = 0; index < floats.length; index++) floats[index] = samples[index] * scale;
  return floats;
}

/**
 * @param {Buffer} bytes
 * @returns {StreamInfo}
 */
function parseStreamInfo(bytes) {
  if (bytes.length < STREAM_INFO_BYTES) throw damagedFile('FLAC', 'its header is not one of FLAC');
  const info = {
    maxBlockSize: bytes.readUInt16BE(2),
    sampleRate: bytes.readUIntBE(10, 3) >> 4,
    channelCount: ((bytes[12] >> 1) & 7) + 1,
    bits: ((bytes.readUInt16BE(12) >> 4) & 31) + 1,
    sampleCount: (bytes[13] & 15) * 2 ** 32 + bytes.readUInt32BE(14),
  };
  if (info.bits > MAX_BITS || info.bits < 4)
    throw unsupportedFile('FLAC', `it has ${info.bits} bits a sample`);
  if (info.sampleRate < 1) throw unsupportedFile('FLAC', 'it does not say its sampling rate');
  return info;
}
