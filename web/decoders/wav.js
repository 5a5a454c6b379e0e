import { textAt, viewOf } from '../common/bytes.js';
import { isPlaceholder, readChunkHeader } from './chunks.js';
import { CONVERT, unsupportedFile } from './errors.js';
import { readPcm, SAMPLE_FORMATS } from './pcm.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/** Format tags of the chunk 'fmt '. */
const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;

/**
 * Format tags of what is not read, by their names in the registry of RFC 2361.
 *
 * @type {Record<number, string>}
 */
const FOREIGN_TAGS = {
  2: 'Microsoft ADPCM',
  16: 'OKI ADPCM',
  17: 'IMA ADPCM',
  34: 'TrueSpeech',
  49: 'GSM 6.10',
  64: 'G.721 ADPCM',
  69: 'G.726 ADPCM',
  80: 'MPEG layer I or II',
  85: 'MP3',
  100: 'G.726 ADPCM',
  146: 'AC-3',
  255: 'AAC',
  352: 'Windows Media Audio',
  353: 'Windows Media Audio',
  354: 'Windows Media Audio',
  355: 'Windows Media Audio',
  26447: 'Vorbis',
  26448: 'Vorbis',
  26449: 'Vorbis',
  26479: 'Vorbis',
  28781: 'AAC',
  8192: 'AC-3',
  8193: 'DTS',
  41222: 'AAC',
  61868: 'FLAC',
};

/** Forms whose sizes stand in the chunk 'ds64', since they may not fit 32 bits. */
const LONG_FORMS = ['RF64', 'BW64'];

/** Bytes that matter of the chunks 'fmt ' and 'ds64'. */
const HEADER_BYTES = 40;

/** Chunks that may follow an empty chunk 'data': then it is empty, and not one whose size was never filled in. */
const FOLLOWERS = ['LIST', 'id3 ', 'ID3 ', 'fact', 'cue ', 'bext', 'JUNK', 'PEAK', 'smpl', 'iXML', 'data'];

/**
 * Where the format tag of EXTENSIBLE stands: in the first four bytes of what Microsoft calls a GUID; sox in RIFX writes it
 * into the first two.
 */
const SUBFORMAT = 24;

/**
 * Decodes a WAV file: 8, 16, 24 and 32-bit integers, 32 and 64-bit floats, A-law and mu-law, also as EXTENSIBLE, RF64,
 * BW64 and RIFX.
 *
 * @param {ByteReader} reader at 'RIFF', 'RIFX', 'RF64' or 'BW64'
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeWav(reader) {
  const start = reader.position;
  const form = await reader.read(12);
  const littleEndian = textAt(form, 0, 4) !== 'RIFX';
  const isLong = LONG_FORMS.includes(textAt(form, 0, 4));
  const end = start + 8 + viewOf(form).getUint32(4, littleEndian);
  const file = { kind: 'WAV', littleEndian, end };
  /** @type {Record<string, Uint8Array>} */
  const headers = {};
  for (;;) {
    const { id, size } = await readChunkHeader(reader, file);
    if (id === 'data' && !(size === 0 && (await isFollowed(reader)))) {
      const { 'fmt ': format, ds64 } = headers;
      if (!format) throw unsupportedFile('WAV', 'it does not say how its sound is stored');
      const slack = reader.position - start;
      const byteLength = soundSize(size, isLong ? ds64 : undefined);
      yield* readPcm(reader, { ...parseFormat(format, littleEndian), byteLength, slack });
      return;
    }
    const content = await reader.peek(Math.min(size, HEADER_BYTES));
    const isWhole = content.length >= (id === 'fmt ' ? 16 : 28);
    if (['fmt ', 'ds64'].includes(id) && isWhole) headers[id] = content;
    await reader.skip(size + (size % 2));
  }
}

/** @param {ByteReader} reader behind the header of an empty chunk 'data' */
async function isFollowed(reader) {
  return FOLLOWERS.includes(textAt(await reader.peek(4), 0, 4));
}

/**
 * @param {number} size of the chunk 'data'
 * @param {Uint8Array} [sizes] the chunk 'ds64', in which it stands in a form that has one
 * @returns {number} bytes; Infinity: to the end of the file
 */
function soundSize(size, sizes) {
  if (!sizes) return isPlaceholder(size) ? Infinity : size;
  const large = viewOf(sizes).getBigUint64(8, true);
  return large === 0n || large >= 2n ** 53n ? Infinity : Number(large);
}

/**
 * @param {Uint8Array} bytes the chunk 'fmt '
 * @param {boolean} littleEndian
 */
function parseFormat(bytes, littleEndian) {
  const view = viewOf(bytes);
  const tag = view.getUint16(0, littleEndian);
  const channelCount = view.getUint16(2, littleEndian);
  const sampleRate = view.getUint32(4, littleEndian);
  const frameSize = view.getUint16(12, littleEndian);
  const bits = view.getUint16(14, littleEndian);
  if (channelCount < 1 || sampleRate < 1) {
    throw unsupportedFile('WAV', `its header says ${channelCount} channels at ${sampleRate} Hz`);
  }
  const isExtensible = tag === EXTENSIBLE && bytes.length >= SUBFORMAT + 4;
  const format = findFormat(isExtensible ? readSubformat(view, littleEndian) : tag, bits);
  // Otherwise the size of a frame is what it must be, and programs that write another one are mistaken.
  if (format.size === 3 && frameSize === 4 * channelCount) {
    throw unsupportedFile(
      'WAV',
      'each of its samples of 24 bits stands in 32, and programs disagree in which of them: save it with 32 bits',
    );
  }
  return { kind: 'WAV', format, littleEndian, channelCount, sampleRate };
}

/**
 * @param {DataView} view of the chunk 'fmt '
 * @param {boolean} littleEndian
 */
function readSubformat(view, littleEndian) {
  const tag = view.getUint32(SUBFORMAT, littleEndian);
  return tag > 0xffff ? view.getUint16(SUBFORMAT, littleEndian) : tag;
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
  if (format) return format;
  const found = FOREIGN_TAGS[tag] ?? `samples of ${bits} bits`;
  throw unsupportedFile('WAV', `what is in it is ${found} (format tag ${tag}); ${CONVERT}`);
}
