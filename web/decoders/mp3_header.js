/**
 * What the first frame of an MP3 file says (ISO/IEC 11172-3, section 2.4.2.3).
 *
 * @typedef {object} Mp3Header
 * @property {number} channelCount
 * @property {number} frameSamples samples of each channel in a frame
 * @property {number} frameLength bytes; 0 where the header does not tell
 * @property {number} [sampleCount] of each channel in the file, if its encoder wrote a table of contents; without the
 *   encoder's silence
 */

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
 * @param {Buffer} bytes
 * @returns {boolean} whether a frame begins here, and another one behind it if there are bytes
 */
export function isMp3(bytes) {
  const header = readFrameHeader(bytes);
  if (!header) return false;
  const next = bytes.subarray(header.frameLength);
  return header.frameLength === 0 || next.length < 4 || readFrameHeader(next) !== undefined;
}

/**
 * @param {Buffer} bytes from the first frame on
 * @returns {Mp3Header}
 */
export function parseMp3Header(bytes) {
  const header = /** @type {NonNullable<ReturnType<typeof readFrameHeader>>} */ (readFrameHeader(bytes));
  const { channelCount, frameSamples, isVersion1 } = header;
  const sideLength = isVersion1 ? (channelCount === 1 ? 17 : 32) : channelCount === 1 ? 9 : 17;
  const frameCount = readContents(bytes.subarray(4 + sideLength, header.frameLength));
  return { ...header, sampleCount: frameCount && frameCount.frames * frameSamples - frameCount.silence };
}

/**
 * The table of contents that stands behind the side information of an otherwise empty first frame: 'Xing' or 'Info',
 * flags, and what they announce: number of frames, of bytes, a table of 100 bytes, quality; then, by LAME and others,
 * the encoder's name and the silence it added in front and behind, two numbers of 12 bits.
 *
 * @param {Buffer} bytes
 * @returns {{ frames: number, silence: number } | undefined}
 */
function readContents(bytes) {
  const isContents = ['Xing', 'Info'].includes(bytes.toString('latin1', 0, 4)) && bytes.length >= 12;
  const flags = bytes[7];
  if (!isContents || !(flags & 1)) return undefined;
  const lame = bytes.subarray(12 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0));
  const silence = lame.length >= 24 ? lame.readUIntBE(21, 3) : 0;
  return { frames: bytes.readUInt32BE(8), silence: (silence >> 12) + (silence & 0xfff) };
}

/** @param {Buffer} bytes */
function readFrameHeader(bytes) {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] < 0xe0) return undefined;
  const version = (bytes[1] >> 3) & 3; // 0: 2.5, 2: 2, 3: 1
  const layer = 4 - ((bytes[1] >> 1) & 3);
  const rateCode = (bytes[2] >> 2) & 3;
  const bitRate = BIT_RATES[version === 3 ? 0 : 1][layer - 1]?.[bytes[2] >> 4];
  if (version === 1 || rateCode === 3 || bitRate === undefined) return undefined;
  const isVersion1 = version === 3;
  const sampleRate = SAMPLE_RATES[rateCode] / (isVersion1 ? 1 : version === 2 ? 2 : 4);
  const frameSamples = layer === 1 ? 384 : layer === 3 && !isVersion1 ? 576 : 1152;
  const padding = ((bytes[2] >> 1) & 1) * (layer === 1 ? 4 : 1);
  const slots = layer === 1 ? 4 : 1;
  const frameLength =
    slots * Math.floor(((frameSamples / 8) * bitRate * 1000) / sampleRate / slots) + (bitRate && padding);
  return { channelCount: bytes[3] >> 6 === MONO ? 1 : 2, frameSamples, frameLength, isVersion1 };
}
