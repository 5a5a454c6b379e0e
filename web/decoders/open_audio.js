import { EdgeL3Error } from '../common/errors.js';
import { ByteReader } from './byte_reader.js';
import { CONVERT, damagedFile, unsupportedFile } from './errors.js';
import { explain, findFormat, SIGNATURE_BYTES } from './formats.js';
import { decodeMp3 } from './mp3.js';
import { findFrames, isRunOfFrames, isSameStream, RUN_BYTES, readFrameHeader } from './mp3_header.js';
import { MAX_TAG_BYTES, skipTag, tagLength } from './tags.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @typedef {{ sampleRate: number, channels: FloatSamples[] }} AudioPiece the next samples, and their rate in Hz */

/**
 * The sound of a file, as it is decoded.
 *
 * @typedef {object} AudioStream
 * @property {number} sampleRate Hz
 * @property {AsyncGenerator<FloatSamples[]>} pieces the next samples of each channel, as long as there are any; end with
 *   file_damaged, file_unsupported or file_unreadable
 * @property {() => boolean} [isLast] whether it is known of the piece that came last that there are no more
 */

/** Bytes in which the first frame of an MP3 file is looked for. */
const SEARCHED_BYTES = 65_536;

/** Tags of so many bytes, at most, are looked at before they are passed over. */
const MAX_HELD_TAG_BYTES = 2 ** 24;

/**
 * Reads a sound file of any format as it comes.
 *
 * @param {AsyncIterable<Uint8Array>} bytes
 * @returns {Promise<AudioStream>}
 * @throws {EdgeL3Error} audio_empty, file_unsupported, file_damaged, and what the bytes end with
 */
export async function openAudio(bytes) {
  const reader = new ByteReader(bytes);
  try {
    const decoded = (await findDecoder(reader))(reader);
    const first = await decoded.next();
    if (first.done) throw new EdgeL3Error('audio_empty', 'This sound file has no samples.');
    return { sampleRate: first.value.sampleRate, pieces: readPieces(reader, first.value, decoded) };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

/**
 * @param {ByteReader} reader
 * @param {AudioPiece} first
 * @param {AsyncGenerator<AudioPiece>} decoded what follows it
 * @returns {AudioStream['pieces']}
 */
async function* readPieces(reader, first, decoded) {
  try {
    yield first.channels;
    for await (const { sampleRate, channels } of decoded) {
      if (sampleRate !== first.sampleRate || channels.length !== first.channels.length) {
        throw unsupportedFile('sound', 'its sampling rate or its number of channels changes');
      }
      yield channels;
    }
  } finally {
    await decoded.return(undefined);
    await reader.close();
  }
}

/**
 * @param {ByteReader} reader goes to where the sound file begins, behind tags
 * @returns {Promise<(reader: ByteReader) => AsyncGenerator<AudioPiece>>}
 */
async function findDecoder(reader) {
  const isEmpty = (await reader.peek(1)).length === 0;
  if (isEmpty) throw new EdgeL3Error('file_unsupported', 'This file is empty.');
  await skipTags(reader);
  const format = findFormat(await reader.peek(SIGNATURE_BYTES));
  if (format?.decode) return format.decode;
  if (format) throw new EdgeL3Error('file_unsupported', explain(format));
  const bytes = await reader.peek(RUN_BYTES);
  const isFree = readFrameHeader(bytes)?.frameLength === 0;
  // Where it must be, less is proof enough than elsewhere.
  if (isFree || isRunOfFrames(bytes, 0, bytes.length < RUN_BYTES, 2)) return decodeMp3;
  if (await goToFrames(reader, 0)) return decodeMp3;
  throw new EdgeL3Error('file_unsupported', `This is not a sound file of a known format; ${CONVERT}.`);
}

/**
 * Skips the tags in front of a sound file, and zeros behind them. Where a tag says a wrong length, frames of MP3 are looked
 * for inside and behind it.
 *
 * @param {ByteReader} reader
 */
async function skipTags(reader) {
  for (;;) {
    const length = tagLength(await reader.peek(SIGNATURE_BYTES));
    if (length === 0) return;
    if (length <= MAX_HELD_TAG_BYTES) {
      const behind = (await reader.peek(length + SIGNATURE_BYTES)).subarray(length);
      if (!isStart(behind) && (await goToFrames(reader, length))) return;
    }
    await skipTag(reader);
    if (!(await reader.skipZeros(MAX_TAG_BYTES))) {
      throw damagedFile('sound', `more than ${MAX_TAG_BYTES} zeros stand in front of it`);
    }
  }
}

/** @param {Uint8Array} bytes @returns {boolean} whether something begins here that may follow a tag */
function isStart(bytes) {
  return (
    bytes[0] === 0 ||
    tagLength(bytes) > 0 ||
    findFormat(bytes) !== undefined ||
    readFrameHeader(bytes) !== undefined
  );
}

/**
 * @param {ByteReader} reader goes to the first frame of MP3, if there is one
 * @param {number} length bytes of a tag that begins here
 */
async function goToFrames(reader, length) {
  const wanted = length + SEARCHED_BYTES + RUN_BYTES;
  const bytes = await reader.peek(wanted);
  const at = findFrames(bytes, 0, bytes.length < wanted);
  const found = readFrameHeader(bytes, at);
  if (!found) return false;
  const here = readFrameHeader(bytes);
  // A frame of the same stream at the start is no junk: between it and the others something is missing.
  if (!(here && isSameStream(here, found))) await reader.skip(at);
  return true;
}
