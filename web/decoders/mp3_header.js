import { textAt, viewOf } from '../common/bytes.js';

/**
 * What the header of a frame says (ISO/IEC 11172-3, section 2.4.2.3).
 *
 * @typedef {object} FrameHeader
 * @property {boolean} isVersion1 MPEG 1, not 2 or 2.5
 * @property {number} layer 1, 2 or 3
 * @property {number} sampleRate Hz
 * @property {number} channelCount
 * @property {number} frameSamples samples of each channel
 * @property {number} frameLength bytes; 0: it does not say (free format)
 */

/** Bytes of a frame's header. */
export const HEADER_BYTES = 4;

/** The longest frame: layer II, 384 kbit/s at 32 kHz; and one more for padding. */
export const MAX_FRAME_BYTES = 1729;

/** Frames in a row by which an MP3 stream is found: what looks like one or two of them stands in many files. */
const ENOUGH_FRAMES = 3;

/** Bytes in which so many stand, and some more. */
export const RUN_BYTES = (ENOUGH_FRAMES + 1) * MAX_FRAME_BYTES;

/** Samples by which a decoder of layer III is late (ISO/IEC 11172-3; 528 and one, as LAME counts). */
const DECODER_DELAY = 529;

/** kbit/s by the four bits of the header; MPEG 1, then MPEG 2 and 2.5; layers I, II, III. */
const BIT_RATES = [
  [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
];

/** Hz of MPEG 1; half of it in MPEG 2, a quarter in MPEG 2.5. */
const SAMPLE_RATES = [44_100, 48_000, 32_000];

const MONO = 3;

/**
 * @param {Uint8Array} bytes
 * @param {number} [at]
 * @returns {FrameHeader | undefined} undefined if no frame begins here
 */
export function readFrameHeader(bytes, at = 0) {
  if (at + HEADER_BYTES > bytes.length || bytes[at] !== 0xff || bytes[at + 1] < 0xe0) return undefined;
  const version = (bytes[at + 1] >> 3) & 3; // 0: 2.5, 2: 2, 3: 1
  const layer = 4 - ((bytes[at + 1] >> 1) & 3);
  const rateCode = (bytes[at + 2] >> 2) & 3;
  const bitRate = BIT_RATES[version === 3 ? 0 : 1][layer - 1]?.[bytes[at + 2] >> 4];
  if (version === 1 || rateCode === 3 || bitRate === undefined) return undefined;
  const isVersion1 = version === 3;
  const sampleRate = SAMPLE_RATES[rateCode] / (isVersion1 ? 1 : version === 2 ? 2 : 4);
  const frameSamples = layer === 1 ? 384 : layer === 3 && !isVersion1 ? 576 : 1152;
  const slotBytes = layer === 1 ? 4 : 1;
  const padding = (bytes[at + 2] >> 1) & 1;
  const slots = Math.floor(((frameSamples / 8) * bitRate * 1000) / sampleRate / slotBytes) + padding;
  return {
    isVersion1,
    layer,
    sampleRate,
    channelCount: bytes[at + 3] >> 6 === MONO ? 1 : 2,
    frameSamples,
    frameLength: bitRate === 0 ? 0 : slotBytes * slots,
  };
}

/**
 * Whether two frames can stand in the same stream.
 *
 * @param {FrameHeader} a
 * @param {FrameHeader} b
 */
export function isSameStream(a, b) {
  return (
    a.layer === b.layer &&
    a.sampleRate === b.sampleRate &&
    a.channelCount === b.channelCount &&
    // What has no length of its own cannot be walked over.
    a.frameLength > 0 === b.frameLength > 0
  );
}

/**
 * Whether here are enough frames in a row, or as many as there is room for in front of the end or a tag.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {boolean} isEnd whether nothing follows these bytes
 * @param {number} [enough]
 */
export function isRunOfFrames(bytes, at, isEnd, enough = ENOUGH_FRAMES) {
  const first = readFrameHeader(bytes, at);
  if (!first || first.frameLength === 0) return false;
  for (let count = 0, next = at; count < enough; count++) {
    const header = readFrameHeader(bytes, next);
    const isOver = isEnd && count > 0;
    if (!header && next + HEADER_BYTES > bytes.length) return isOver;
    if (!header || !isSameStream(header, first)) return isOver && isTag(bytes, next);
    next += header.frameLength;
    if (next > bytes.length) return isOver;
  }
  return true;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} from
 * @param {boolean} isEnd whether nothing follows these bytes
 * @param {number} [enough]
 * @returns {number} where the first run of frames begins, or -1
 */
export function findFrames(bytes, from, isEnd, enough = ENOUGH_FRAMES) {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (isRunOfFrames(bytes, at, isEnd, enough)) return at;
  }
  return -1;
}

/** Whether one of the tags stands here that may follow the last frame. @param {Uint8Array} bytes @param {number} at */
function isTag(bytes, at) {
  return /^(TAG|ID3|APETAGEX|LYRICSBEGIN)/.test(textAt(bytes, at, at + 11));
}

/**
 * The table of contents that stands behind the side information of an otherwise empty first frame of layer III: 'Xing' or
 * 'Info', flags, and what they announce: number of frames, of bytes, a table of 100 bytes, quality; then, by LAME and
 * others, the encoder's name and the silence it added in front and behind, two numbers of 12 bits.
 *
 * @param {Uint8Array} bytes from the first frame on
 * @returns {{ sampleCount: number, isExact: boolean } | undefined} samples of each channel in the file, without the
 *   encoder's silence, if it says that; not exact where it does not know the silence, and may count this frame too
 */
export function readContents(bytes) {
  const header = readFrameHeader(bytes);
  if (header?.layer !== 3) return undefined;
  const { channelCount, isVersion1, frameLength, frameSamples } = header;
  const sideLength = isVersion1 ? (channelCount === 1 ? 17 : 32) : channelCount === 1 ? 9 : 17;
  const contents = bytes.subarray(HEADER_BYTES + sideLength, frameLength);
  const isContents = ['Xing', 'Info'].includes(textAt(contents, 0, 4)) && contents.length >= 12;
  const flags = contents[7];
  if (!isContents || !(flags & 1)) return undefined;
  const lame = contents.subarray(12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0));
  const silence = lame.length >= 24 ? viewOf(lame).getUint32(20) & 0xffffff : 0;
  // What the decoder is late by is missing at the end, unless there is as much silence.
  const behind = silence > 0 ? Math.max(DECODER_DELAY, silence & 0xfff) : 0;
  const sampleCount = viewOf(contents).getUint32(8) * frameSamples - (silence >> 12) - behind;
  return { sampleCount, isExact: silence > 0 };
}
