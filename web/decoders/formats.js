import { textAt } from '../common/bytes.js';
import { decodeAiff } from './aiff.js';
import { CONVERT } from './errors.js';
import { decodeFlac } from './flac.js';
import { decodeMp3 } from './mp3.js';
import { decodeOgg } from './ogg_codecs.js';
import { decodeWav } from './wav.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/** @typedef {Record<number, string>} Signature texts, as Latin-1, by where they stand in a file of some format */

/**
 * @typedef {object} Format
 * @property {string} name as people know it
 * @property {string[]} endings of names of files, in lower case and without a dot
 * @property {Signature[]} signatures one of which stands at the start of such a file
 * @property {(reader: ByteReader) => AsyncGenerator<AudioPiece>} [decode] absent from what cannot be read
 * @property {string} [cure] what to do with a file that cannot be read; default: convert it
 */

/** What needs no ffmpeg, which could not help either. */
const NO_SOUND = 'there is no sound in it';

const UNPACK = 'unpack it first';

/**
 * The formats of sound files: first what is read, then what is recognised only to say so. This is the one place where
 * they are listed.
 *
 * @type {Format[]}
 */
export const FORMATS = [
  {
    name: 'WAV',
    endings: ['wav', 'wave', 'bwf', 'rf64', 'bw64'],
    signatures: ['RIFF', 'RIFX', 'RF64', 'BW64'].map((magic) => ({ 0: magic, 8: 'WAVE' })),
    decode: decodeWav,
  },
  {
    name: 'AIFF',
    endings: ['aif', 'aiff', 'aifc'],
    signatures: ['AIFF', 'AIFC'].map((form) => ({ 0: 'FORM', 8: form })),
    decode: decodeAiff,
  },
  { name: 'FLAC', endings: ['flac'], signatures: [{ 0: 'fLaC' }], decode: decodeFlac },
  {
    name: 'Ogg (Vorbis, Opus or FLAC)',
    endings: ['ogg', 'oga', 'opus'],
    signatures: [{ 0: 'OggS' }],
    decode: decodeOgg,
  },
  // Recognised by frames in a row instead.
  { name: 'MP3', endings: ['mp3', 'mp2', 'mp1', 'mpga'], signatures: [], decode: decodeMp3 },

  {
    name: 'M4A or MP4',
    endings: ['m4a', 'm4b', 'm4r', 'mp4', 'm4v', '3gp', '3g2', 'mov', 'aax'],
    signatures: ['ftyp', 'moov', 'mdat', 'wide'].map((atom) => ({ 4: atom })),
  },
  {
    name: 'AAC',
    endings: ['aac'],
    signatures: ['\xff\xf1', '\xff\xf9', '\xff\xf0', '\xff\xf8', 'ADIF'].map((magic) => ({ 0: magic })),
  },
  {
    name: 'WMA or another Windows Media',
    endings: ['wma', 'asf', 'wmv'],
    signatures: [{ 0: '\x30\x26\xb2\x75\x8e\x66\xcf\x11' }],
  },
  { name: 'CAF', endings: ['caf'], signatures: [{ 0: 'caff' }] },
  { name: 'AU', endings: ['au', 'snd'], signatures: [{ 0: '.snd' }, { 0: 'dns.' }] },
  { name: 'WebM or Matroska', endings: ['webm', 'mka', 'mkv'], signatures: [{ 0: '\x1aE\xdf\xa3' }] },
  { name: 'WavPack', endings: ['wv'], signatures: [{ 0: 'wvpk' }] },
  { name: "Monkey's Audio", endings: ['ape'], signatures: [{ 0: 'MAC ' }, { 0: 'MACF' }] },
  { name: 'True Audio', endings: ['tta'], signatures: [{ 0: 'TTA1' }, { 0: 'TTA2' }] },
  { name: 'Musepack', endings: ['mpc'], signatures: [{ 0: 'MPCK' }, { 0: 'MP+' }] },
  { name: 'Speex', endings: ['spx'], signatures: [] },
  { name: 'AMR', endings: ['amr', 'awb'], signatures: [{ 0: '#!AMR' }] },
  { name: 'AC-3', endings: ['ac3', 'eac3'], signatures: [{ 0: '\x0bw' }] },
  { name: 'DTS', endings: ['dts'], signatures: [{ 0: '\x7f\xfe\x80\x01' }] },
  { name: 'RealAudio', endings: ['ra', 'rm', 'ram'], signatures: [{ 0: '.RMF' }, { 0: '.ra\xfd' }] },
  { name: 'Wave64', endings: ['w64'], signatures: [{ 0: 'riff\x2e\x91\xcf\x11' }] },
  { name: 'Creative Voice', endings: ['voc'], signatures: [{ 0: 'Creative Voice File' }] },
  { name: '8SVX', endings: ['8svx', 'iff', 'svx'], signatures: [{ 0: 'FORM', 8: '8SVX' }] },
  { name: 'SPHERE', endings: ['sph', 'nist'], signatures: [{ 0: 'NIST_1A' }] },
  { name: 'Shorten', endings: ['shn'], signatures: [{ 0: 'ajkg' }] },
  { name: 'DSD', endings: ['dsf', 'dff'], signatures: [{ 0: 'DSD ' }, { 0: 'FRM8' }] },
  { name: 'AVI', endings: ['avi'], signatures: [{ 0: 'RIFF', 8: 'AVI ' }] },
  { name: 'Flash video', endings: ['flv'], signatures: [{ 0: 'FLV\x01' }] },
  {
    name: 'MPEG video',
    endings: ['mpg', 'mpeg', 'vob', 'm2ts', 'mts'],
    signatures: [{ 0: '\0\0\x01\xba' }, { 0: 'G', 188: 'G', 376: 'G' }, { 4: 'G', 196: 'G', 388: 'G' }],
  },
  {
    name: 'MIDI',
    endings: ['mid', 'midi', 'kar'],
    signatures: [{ 0: 'MThd' }, { 0: 'RIFF', 8: 'RMID' }],
    cure: 'it holds notes and no sound: play it into a WAV file, for example with fluidsynth',
  },
  {
    name: 'a compressed archive',
    endings: [],
    signatures: [{ 0: 'PK\x03\x04' }, { 0: '\x1f\x8b' }, { 0: '7z\xbc\xaf' }, { 0: 'Rar!' }, { 0: 'BZh' }],
    cure: UNPACK,
  },
  {
    name: 'a page of text (HTML or XML)',
    endings: [],
    signatures: ['<!DOCTYPE', '<!doctype', '<html', '<HTML', '<?xml'].map((text) => ({ 0: text })),
    cure: `${NO_SOUND}: perhaps it is what a server said instead of sending the file`,
  },
  {
    name: 'a picture',
    endings: [],
    signatures: [{ 0: '\x89PNG' }, { 0: '\xff\xd8\xff' }, { 0: 'GIF8' }, { 0: 'RIFF', 8: 'WEBP' }],
    cure: NO_SOUND,
  },
];

/** Bytes at the start of a file in which all signatures stand. */
export const SIGNATURE_BYTES = 400;

/**
 * @param {Uint8Array} bytes the first ones of a file
 * @returns {Format | undefined}
 */
export function findFormat(bytes) {
  return FORMATS.find(({ signatures }) => signatures.some((signature) => isHere(signature, bytes)));
}

/**
 * @param {Signature} signature
 * @param {Uint8Array} bytes
 */
function isHere(signature, bytes) {
  return Object.entries(signature).every(
    ([at, text]) => textAt(bytes, Number(at), Number(at) + text.length) === text,
  );
}

/** @param {Format} format @returns {string} what to say of a file of a format that cannot be read */
export function explain({ name, cure = CONVERT }) {
  return `This file is ${name}, which cannot be read; ${cure}.`;
}

/**
 * A format of sound files.
 *
 * @typedef {object} SoundFormat
 * @property {string} name as people know it
 * @property {readonly string[]} endings of names of files, in lower case and without a dot
 * @property {boolean} isRead whether `decodeAudio` and the functions for files read it. What is in a file counts, not its
 *   name
 */

/**
 * The formats of sound files by the endings of their names, for choosing files out of many: those that are read, and
 * those that only are recognised.
 *
 * @type {readonly SoundFormat[]}
 */
export const soundFormats = FORMATS.filter(({ endings }) => endings.length > 0).map(
  ({ name, endings, decode }) => ({ name, endings, isRead: decode !== undefined }),
);
