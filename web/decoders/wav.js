import { unsupportedFile } from './errors.js';
import { readPcm, SAMPLE_FORMATS } from './pcm.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/** Format tags of the chunk 'fmt '. */
const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;

/** Sizes that stand for 'not known yet' in what was written to a pipe: ffmpeg, arecord and sox say different ones. */
const UNKNOWN = 0xffffffff;
const LEAST_UNKNOWN = 0x7ffff000;

/** Bytes that matter of the chunks 'fmt ' and 'ds64'. */
const HEADER_BYTES = 40;

/**
 * Decodes a WAV file: 8, 16, 24 and 32-bit integers, 32 and 64-bit floats, A-law and mu-law, also as EXTENSIBLE, RF64
 * and RIFX.
 *
 * @param {ByteReader} reader at 'RIFF', 'RIFX' or 'RF64'
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeWav(reader) {
  const form = await reader.read(12);
  const littleEndian = form.toString('latin1', 0, 4) !== 'RIFX';
  const readUint32 = (/** @type {Buffer} */ bytes, /** @type {number} */ at) =>
    littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  const formSize = readUint32(form, 4);
  /** @type {Record<string, Buffer>} */
  const headers = {};
  for (;;) {
    const header = await reader.read(8);
    if (header.length < 8) throw unsupportedFile('WAV', 'it has no sound in it');
    const id = header.toString('latin1', 0, 4);
    const size = readUint32(header, 4);
    if (id === 'data') {
      const { 'fmt ': format, ds64: sizes } = headers;
      if (!format) throw unsupportedFile('WAV', 'it does not say how its sound is stored');
      const isUnknown = size === UNKNOWN || (size === 0 && [0, UNKNOWN].includes(formSize));
      const byteLength =
        size === UNKNOWN && sizes ? Number(sizes.readBigUInt64LE(8)) : isUnknown ? Infinity : size;
      const mayEndEarly = byteLength === Infinity || (!sizes && size >= LEAST_UNKNOWN);
      yield* readPcm(reader, { ...parseFormat(format, littleEndian), byteLength, mayEndEarly });
      return;
    }
    const content = await reader.peek(Math.min(size, HEADER_BYTES));
    const isWhole = content.length >= (id === 'fmt ' ? 16 : 28);
    if (['fmt ', 'ds64'].includes(id) && isWhole) headers[id] = Buffer.from(content);
    await reader.skip(size + (size % 2));
  }
}

/**
 * @param {Buffer} bytes the chunk 'fmt '
 * @param {boolean} littleEndian
 */
function parseFormat(bytes, littleEndian) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [tag, channelCount, , , , , blockSize, bits] = Array.from({ length: 8 }, (_, index) =>
    view.getUint16(2 * index, littleEndian),
  );
  const sampleRate = view.getUint32(4, littleEndian);
  if (channelCount < 1 || sampleRate < 1) {
    throw unsupportedFile('WAV', `its header says ${channelCount} channels at ${sampleRate} Hz`);
  }
  const format = findFormat(
    tag === EXTENSIBLE && bytes.length >= 26 ? view.getUint16(24, littleEndian) : tag,
    bits,
  );
  if (blockSize !== format.size * channelCount) {
    throw unsupportedFile(
      'WAV',
      `its ${channelCount} samples of ${format.size} bytes stand in frames of ${blockSize} bytes`,
    );
  }
  return { kind: 'WAV', format, littleEndian, channelCount, sampleRate };
}

/**
 * @param {number} tag
 * @param {number} bits
 */
function findFormat(tag, bits) {
  const { u8, s16, s24, s32, f32, f64, aLaw, muLaw } = SAMPLE_FORMATS;
  /** @type {Record<string, import('./pcm.js').SampleFormat>} */
  const formats = {
    [`${PCM} 1`]: u8,
    [`${PCM} 2`]: s16,
    [`${PCM} 3`]: s24,
    [`${PCM} 4`]: s32,
    [`${FLOAT} 4`]: f32,
    [`${FLOAT} 8`]: f64,
    [`${A_LAW} 1`]: aLaw,
    [`${MU_LAW} 1`]: muLaw,
  };
  const format = formats[`${tag} ${Math.ceil(bits / 8)}`];
  if (!format) {
    throw unsupportedFile('WAV', `its samples are of ${bits} bits, format tag ${tag}; ffmpeg can convert it`);
  }
  return format;
}
