import { EdgeL3Error } from '../common/errors.js';
import { decodeAiff } from './aiff.js';
import { ByteReader } from './byte_reader.js';
import { unsupportedFile } from './errors.js';
import { decodeFlac, decodeOggFlac } from './flac.js';
import { decodeMp3 } from './mp3.js';
import { isMp3 } from './mp3_header.js';
import { peekOggCodec } from './ogg.js';
import { decodeOpus } from './opus.js';
import { decodeVorbis } from './vorbis.js';
import { decodeWav } from './wav.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @typedef {{ sampleRate: number, channels: FloatSamples[] }} AudioPiece the next samples, and their rate in Hz */

/**
 * @typedef {object} AudioStream
 * @property {number} sampleRate Hz
 * @property {AsyncGenerator<FloatSamples[]>} pieces the next samples of each channel, as long as there are any; end with
 *   file_damaged, file_unsupported or file_unreadable
 */

/** Bytes to look at: two frames of MP3 at its highest rate. */
const SNIFFED_BYTES = 4096;

const CONVERT = "convert it first, for example with 'ffmpeg -i INPUT OUTPUT.wav'";

/**
 * Reads a sound file of any format as it comes.
 *
 * @param {AsyncIterable<Uint8Array>} bytes
 * @returns {Promise<AudioStream>}
 * @throws {EdgeL3Error} file_unsupported, file_damaged, and what the bytes end with
 */
export async function openAudio(bytes) {
  const reader = new ByteReader(bytes);
  try {
    const decoded = (await findDecoder(reader))(reader);
    const first = await decoded.next();
    if (first.done) throw new EdgeL3Error('file_unsupported', 'This file has no samples.');
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
 * @param {ByteReader} reader goes to where the sound file begins behind an ID3 tag
 * @returns {Promise<(reader: ByteReader) => AsyncGenerator<AudioPiece>>}
 */
async function findDecoder(reader) {
  const isEmpty = (await reader.peek(1)).length === 0;
  if (isEmpty) throw new EdgeL3Error('file_unsupported', 'This file is empty.');
  await skipId3(reader);
  const bytes = await reader.peek(SNIFFED_BYTES);
  const magic = bytes.toString('latin1', 0, 4);
  const form = bytes.toString('latin1', 8, 12);
  if (['RIFF', 'RIFX', 'RF64'].includes(magic) && form === 'WAVE') return decodeWav;
  if (magic === 'FORM' && ['AIFF', 'AIFC'].includes(form)) return decodeAiff;
  if (magic === 'fLaC') return decodeFlac;
  if (magic === 'OggS') return findOggDecoder(reader);
  if (isMp3(bytes)) return decodeMp3;
  throw new EdgeL3Error('file_unsupported', `This is not a sound file of a known format; ${CONVERT}.`);
}

/** @param {ByteReader} reader */
async function findOggDecoder(reader) {
  const codec = await peekOggCodec(reader);
  if (codec.startsWith('\x01vorbis')) return decodeVorbis;
  if (codec === 'OpusHead') return decodeOpus;
  if (codec.startsWith('\x7fFLAC')) return decodeOggFlac;
  throw unsupportedFile('Ogg', `there is something else in it than Vorbis, Opus or FLAC; ${CONVERT}`);
}

/**
 * Skips ID3v2 tags: 'ID3', version, flags, then their length in four bytes of seven bits; and zeros behind them.
 *
 * @param {ByteReader} reader
 */
async function skipId3(reader) {
  for (;;) {
    const header = await reader.peek(10);
    if (header.length < 10 || header.toString('latin1', 0, 3) !== 'ID3') return;
    await reader.skip(10 + ((header[6] << 21) | (header[7] << 14) | (header[8] << 7) | header[9]));
    while ((await reader.peek(1))[0] === 0) await reader.skip(1);
  }
}
