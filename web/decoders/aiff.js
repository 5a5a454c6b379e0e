import { unsupportedFile } from './errors.js';
import { readPcm, SAMPLE_FORMATS } from './pcm.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/** Bytes of the chunk 'COMM', without the name of its compression. */
const COMMON_BYTES = 22;

/**
 * Decodes an AIFF file, or an AIFF-C one without compression, or with A-law or mu-law.
 *
 * @param {ByteReader} reader at 'FORM'
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeAiff(reader) {
  await reader.skip(12);
  let common;
  for (;;) {
    const header = await reader.read(8);
    if (header.length < 8) throw unsupportedFile('AIFF', 'it has no sound in it');
    const id = header.toString('latin1', 0, 4);
    const size = header.readUInt32BE(4);
    if (id === 'SSND') {
      if (!common) throw unsupportedFile('AIFF', 'its sound stands before what says how it is stored');
      const start = await reader.read(8);
      if (start.length === 8) await reader.skip(start.readUInt32BE(0));
      yield* readPcm(reader, parseCommon(common));
      return;
    }
    const content = await reader.peek(Math.min(size, COMMON_BYTES));
    if (id === 'COMM' && content.length >= 18) common = Buffer.from(content);
    await reader.skip(size + (size % 2));
  }
}

/**
 * @param {Buffer} bytes the chunk 'COMM'
 * @returns {import('./pcm.js').PcmOptions}
 */
function parseCommon(bytes) {
  const channelCount = bytes.readUInt16BE(0);
  const frameCount = bytes.readUInt32BE(2);
  const sampleRate = readExtended(bytes, 8);
  if (channelCount < 1 || !(sampleRate > 0) || !Number.isFinite(sampleRate)) {
    throw unsupportedFile('AIFF', `its header says ${channelCount} channels at ${sampleRate} Hz`);
  }
  const compression = bytes.length >= COMMON_BYTES ? bytes.toString('latin1', 18, 22) : 'NONE';
  const format = findFormat(compression, Math.ceil(bytes.readUInt16BE(6) / 8));
  const littleEndian = ['sowt', '42ni', '23ni'].includes(compression);
  const byteLength = frameCount * format.size * channelCount;
  return { kind: 'AIFF', format, littleEndian, channelCount, sampleRate, byteLength, mayEndEarly: false };
}

/**
 * @param {string} compression
 * @param {number} size bytes of a sample
 */
function findFormat(compression, size) {
  const { u8, s8, s16, s24, s32, f32, f64, aLaw, muLaw } = SAMPLE_FORMATS;
  const integers = [s8, s16, s24, s32];
  /** @type {Record<string, import('./pcm.js').SampleFormat>} */
  const formats = {
    NONE: integers[size - 1],
    twos: integers[size - 1],
    sowt: integers[size - 1],
    'raw ': u8,
    in24: s24,
    '42ni': s24,
    in32: s32,
    '23ni': s32,
    fl32: f32,
    FL32: f32,
    fl64: f64,
    FL64: f64,
    alaw: aLaw,
    ALAW: aLaw,
    ulaw: muLaw,
    ULAW: muLaw,
  };
  const format = formats[compression];
  if (!format) {
    throw unsupportedFile(
      'AIFF',
      `its samples are of ${8 * size} bits, compression '${compression}'; ffmpeg can convert it`,
    );
  }
  return format;
}

/**
 * A number of 80 bits: sign and exponent in two bytes, then 64 bits with the leading one.
 *
 * @param {Buffer} bytes
 * @param {number} at
 */
function readExtended(bytes, at) {
  const exponent = bytes.readUInt16BE(at) & 0x7fff;
  return Number(bytes.readBigUInt64BE(at + 2)) * 2 ** (exponent - 16383 - 63);
}
