import { textAt, viewOf } from '../common/bytes.js';
import { ByteReader } from './byte_reader.js';
import { isPlaceholder, readChunkHeader } from './chunks.js';
import { CONVERT, damagedFile, unsupportedFile } from './errors.js';
import { readPcm, SAMPLE_FORMATS } from './pcm.js';

/** @import { AudioPiece } from './open_audio.js' */

/** Bytes of the chunk 'COMM', without the name of its compression. */
const COMMON_BYTES = 22;

/** Bytes in front of the samples in the chunk 'SSND': how many more to skip, and the size of a block. */
const SOUND_HEADER_BYTES = 8;

/**
 * Compressions that are not read, by their names in Apple's list.
 *
 * @type {Record<string, string>}
 */
const FOREIGN_COMPRESSIONS = {
  ima4: 'IMA ADPCM',
  'GSM ': 'GSM 6.10',
  MAC3: 'MACE 3:1',
  MAC6: 'MACE 6:1',
  QDMC: 'QDesign Music',
  QDM2: 'QDesign Music 2',
  Qclp: 'Qualcomm PureVoice',
  G722: 'G.722 ADPCM',
  G726: 'G.726 ADPCM',
  G728: 'G.728',
  DWVW: 'DWVW',
};

/** Compressions that are none, but store the lowest byte first. */
const LITTLE_ENDIAN = ['sowt', '42ni', '42n1', '23ni'];

/**
 * Decodes an AIFF file, or an AIFF-C one without compression, or with A-law or mu-law.
 *
 * @param {ByteReader} reader at 'FORM'
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeAiff(reader) {
  const start = reader.position;
  const end = start + 8 + viewOf(await reader.read(12)).getUint32(4);
  /** @type {Uint8Array | undefined} */
  let common;
  /** @type {{ samples: Uint8Array, slack: number, size: number } | undefined} */
  let early;
  for (;;) {
    const { id, size } = await readChunkHeader(reader, { kind: 'AIFF', littleEndian: false, end });
    if (id === 'SSND') {
      const header = await reader.read(SOUND_HEADER_BYTES);
      if (header.length < SOUND_HEADER_BYTES) throw damagedFile('AIFF', 'it ends before its sound');
      const offset = viewOf(header).getUint32(0);
      const sound = isPlaceholder(size) ? Infinity : size - SOUND_HEADER_BYTES - offset;
      if (sound < 0) throw damagedFile('AIFF', `its sound begins ${offset} bytes into a chunk of ${size}`);
      await reader.skip(offset);
      const slack = reader.position - start;
      if (common) {
        yield* readPcm(reader, toOptions(common, sound, slack));
        return;
      }
      if (sound === Infinity) {
        throw unsupportedFile('AIFF', `its sound stands before what says how it is stored; ${CONVERT}`);
      }
      early = { samples: await reader.read(sound), slack, size: sound };
      await reader.skip(size % 2);
    } else {
      const content = await reader.peek(Math.min(size, COMMON_BYTES));
      if (id === 'COMM' && content.length >= 18) common = content;
      if (common && early) {
        const { samples } = early;
        const late = new ByteReader(toChunks(samples));
        yield* readPcm(late, toOptions(common, early.size, early.slack));
        return;
      }
      await reader.skip(size + (size % 2));
    }
  }
}

/** @param {Uint8Array} bytes */
async function* toChunks(bytes) {
  yield bytes;
}

/**
 * @param {Uint8Array} bytes the chunk 'COMM'
 * @param {number} sound bytes of the samples by the size of their chunk; Infinity: that does not say
 * @param {number} slack
 * @returns {import('./pcm.js').PcmOptions}
 */
function toOptions(bytes, sound, slack) {
  const view = viewOf(bytes);
  const channelCount = view.getUint16(0);
  const sampleRate = readExtended(view, 8);
  if (channelCount < 1 || !(sampleRate >= 1 && sampleRate < 2 ** 32)) {
    throw unsupportedFile('AIFF', `its header says ${channelCount} channels at ${sampleRate} Hz`);
  }
  const compression = bytes.length >= COMMON_BYTES ? textAt(bytes, 18, 22) : 'NONE';
  const format = findFormat(compression, view.getUint16(6));
  const littleEndian = LITTLE_ENDIAN.includes(compression);
  // How many frames there are stands in this chunk too. It does not decide, as for libsndfile.
  return { kind: 'AIFF', format, littleEndian, channelCount, sampleRate, byteLength: sound, slack };
}

/**
 * @param {string} compression
 * @param {number} bits of a sample
 */
function findFormat(compression, bits) {
  const { u8, s8, s16, s24, s32, f32, f64, aLaw, muLaw } = SAMPLE_FORMATS;
  const integer = [s8, s16, s24, s32][Math.ceil(bits / 8) - 1];
  /** @type {Record<string, import('./pcm.js').SampleFormat>} */
  const formats = {
    NONE: integer,
    twos: integer,
    sowt: integer,
    'raw ': u8,
    in24: s24,
    '42ni': s24,
    // libsndfile's name for the same.
    '42n1': s24,
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
  if (format) return format;
  const found = FOREIGN_COMPRESSIONS[compression] ?? `samples of ${bits} bits`;
  throw unsupportedFile('AIFF', `what is in it is ${found} (compression '${compression}'); ${CONVERT}`);
}

/**
 * A number of 80 bits: sign and exponent in two bytes, then 64 bits with the leading one.
 *
 * @param {DataView} view
 * @param {number} at
 */
function readExtended(view, at) {
  const exponent = view.getUint16(at) & 0x7fff;
  return Number(view.getBigUint64(at + 2)) * 2 ** (exponent - 16383 - 63);
}
