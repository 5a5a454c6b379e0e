import { viewOf } from '../common/bytes.js';
import { CONVERT, damagedFile, unsupportedFile } from './errors.js';
import { decodeFrame } from './flac_frame.js';
import { checkHeaderLength } from './header_length.js';
import { readOggPages } from './ogg.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */
/** @import { Frame, StreamInfo } from './flac_frame.js' */

/** What float32 holds exactly. */
const FLOAT32_BITS = 24;

const STREAM_INFO_BYTES = 34;

/** Types of metadata blocks (RFC 9639, section 8.1). */
const STREAM_INFO = 0;
const INVALID = 127;

/** Samples of each channel in the largest frame that there can be. */
const MAX_BLOCK_SIZE = 65_536;

/** What stands in the first packet of FLAC in Ogg in front of a FLAC file's first bytes (RFC 9639, section 10.1). */
const OGG_HEADER_BYTES = 9;

/** 'fLaC', and the header of the block with the stream's description. */
const FIRST_HEADER_BYTES = 8;

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
    checkHeaderLength(reader, 'FLAC');
    const header = await reader.read(4);
    if (header.length < 4) throw damagedFile('FLAC', 'it ends inside its header');
    isLast = header[0] >= 0x80;
    const type = header[0] & 0x7f;
    const size = viewOf(header).getUint32(0) & 0xffffff;
    if (type === INVALID || (type === STREAM_INFO && info)) {
      throw damagedFile('FLAC', 'its header is not one of FLAC');
    }
    if (type === STREAM_INFO) info = parseStreamInfo(await reader.peek(Math.min(size, STREAM_INFO_BYTES)));
    await reader.skip(size);
  }
  if (!info) throw damagedFile('FLAC', 'its header does not describe it');
  yield* decodeFrames(info, readFrames(reader, info));
}

/**
 * Decodes FLAC in an Ogg file (RFC 9639, section 10.1).
 *
 * @param {ByteReader} reader at the first page
 * @param {number} serial the stream's number
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeOggFlac(reader, serial) {
  const pages = readOggPages(reader, serial);
  const { value: first } = await pages.next();
  const start = OGG_HEADER_BYTES + FIRST_HEADER_BYTES;
  const info = parseStreamInfo(
    first?.packets[0].subarray(start, start + STREAM_INFO_BYTES) ?? new Uint8Array(0),
  );
  const frames = async function* () {
    // Other packets are blocks of metadata.
    for await (const { packets } of pages) {
      for (const packet of packets) if (packet[0] === 0xff) yield decodeFrame(packet, info);
    }
  };
  yield* decodeFrames(info, frames());
}

/**
 * @param {StreamInfo} info
 * @param {AsyncIterable<Frame | undefined>} frames undefined: here is none
 * @returns {AsyncGenerator<AudioPiece>}
 */
async function* decodeFrames({ sampleRate, sampleCount, bits }, frames) {
  const scale = 2 ** (1 - bits);
  const Samples = bits > FLOAT32_BITS ? Float64Array : Float32Array;
  let done = 0;
  for await (const frame of frames) {
    if (!frame) {
      // What follows the last frame, such as an ID3 tag, does not matter.
      if (done === sampleCount && sampleCount > 0) break;
      throw damagedFile('FLAC', `what follows its first ${done} samples cannot be decoded`);
    }
    done += frame.channels[0].length;
    if (done > sampleCount && sampleCount > 0) {
      throw damagedFile('FLAC', `it goes on behind the ${sampleCount} samples that its header says`);
    }
    yield { sampleRate, channels: frame.channels.map((samples) => toFloats(samples, scale, Samples)) };
  }
  if (done < sampleCount) {
    throw damagedFile('FLAC', `it ends after ${done} of its ${sampleCount} samples`);
  }
}

/**
 * @param {ByteReader} reader at the first frame
 * @param {StreamInfo} info
 * @returns {AsyncGenerator<Frame | undefined>}
 */
async function* readFrames(reader, info) {
  // Twice what it takes without compression: no encoder that compresses will need more.
  const bytesOf = (/** @type {number} */ blockSize) =>
    64 + 2 * info.channelCount * Math.ceil((blockSize * (info.bits + 1)) / 8);
  const enough = bytesOf(info.maxBlockSize);
  for (;;) {
    const bytes = await reader.peek(enough);
    if (bytes.length === 0) return;
    // Blocks may be larger than the header says.
    const frame = decodeFrame(bytes, info) ?? decodeFrame(await reader.peek(bytesOf(MAX_BLOCK_SIZE)), info);
    yield frame;
    if (!frame) return;
    await reader.skip(frame.byteLength);
  }
}

/**
 * Not by Float32Array.from, which takes six times as long as all the rest.
 *
 * @param {Float64Array} samples
 * @param {number} scale
 * @param {Float32ArrayConstructor | Float64ArrayConstructor} Samples
 */
function toFloats(samples, scale, Samples) {
  const floats = new Samples(samples.length);
  for (let index = 0; index < floats.length; index++) floats[index] = samples[index] * scale;
  return floats;
}

/**
 * @param {Uint8Array} bytes
 * @returns {StreamInfo}
 */
function parseStreamInfo(bytes) {
  if (bytes.length < STREAM_INFO_BYTES) throw damagedFile('FLAC', 'its header is not one of FLAC');
  const view = viewOf(bytes);
  const info = {
    maxBlockSize: view.getUint16(2),
    sampleRate: view.getUint32(10) >>> 12,
    channelCount: ((bytes[12] >> 1) & 7) + 1,
    bits: ((view.getUint16(12) >> 4) & 31) + 1,
    sampleCount: (bytes[13] & 15) * 2 ** 32 + view.getUint32(14),
  };
  if (info.bits < 4) throw unsupportedFile('FLAC', `it has ${info.bits} bits a sample`);
  if (info.sampleRate < 1) throw unsupportedFile('FLAC', `it does not say its sampling rate; ${CONVERT}`);
  return info;
}
