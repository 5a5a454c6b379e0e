import { BitReader, OutOfBitsError } from './bit_reader.js';
import { makeCrc } from './crc.js';
import { unsupportedFile } from './errors.js';

/**
 * What a FLAC file says about all its frames (RFC 9639, section 8.2).
 *
 * @typedef {object} StreamInfo
 * @property {number} maxBlockSize samples of a channel in a frame
 * @property {number} sampleRate Hz
 * @property {number} channelCount
 * @property {number} bits of a sample
 * @property {number} sampleCount of each channel; 0: not known
 */

/** @typedef {{ byteLength: number, channels: Float64Array[] }} Frame how long it was, and its samples as integers */

/** Values of the four bits in a frame's header (RFC 9639, section 9.1.3). */
const LEFT_SIDE = 8;
const SIDE_RIGHT = 9;
const MID_SIDE = 10;

/** Bits of a sample by the three bits in a frame's header; 0: as the file says. */
const SAMPLE_BITS = [0, 8, 12, undefined, 16, 20, 24, 32];

/** Hz by the four bits in a frame's header; 0: as the file says; what follows stands behind the number of the frame. */
const SAMPLE_RATES = [
  0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000,
];

/** Coefficients of the fixed predictors, the last sample's first. */
const FIXED = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

const crc8 = makeCrc(8, 0x07);
const crc16 = makeCrc(16, 0x8005);

/**
 * Decodes a FLAC frame (RFC 9639, section 9).
 *
 * @param {Uint8Array} bytes from its first to its last, or further
 * @param {StreamInfo} info
 * @returns {Frame | undefined} undefined if here is no frame, or a damaged one, or not all of one
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported if it is of another kind than the file says
 */
export function decodeFrame(bytes, info) {
  const bits = new BitReader(bytes);
  try {
    const header = readHeader(bits, bytes, info);
    if (!header) return undefined;
    const { blockSize, assignment } = header;
    const channels = Array.from({ length: info.channelCount }, (_, channel) => {
      const isSide =
        (channel === 0 && assignment === SIDE_RIGHT) ||
        (channel === 1 && (assignment === LEFT_SIDE || assignment === MID_SIDE));
      return readSubframe(bits, blockSize, info.bits + (isSide ? 1 : 0));
    });
    if (channels.includes(undefined)) return undefined;
    bits.skipToByte();
    const crc = crc16(bytes.subarray(0, bits.byteLength));
    if (bits.read(16) !== crc) return undefined;
    bits.check();
    return {
      byteLength: bits.byteLength,
      channels: joinStereo(/** @type {Float64Array[]} */ (channels), assignment),
    };
  } catch (error) {
    if (error instanceof OutOfBitsError) return undefined;
    throw error;
  }
}

/**
 * @param {BitReader} bits
 * @param {Uint8Array} bytes the same
 * @param {StreamInfo} info
 */
function readHeader(bits, bytes, info) {
  // The sync code, and a reserved zero; then whether blocks may differ in size, which does not matter here.
  if (bits.read(15) !== 0x7ffc) return undefined;
  bits.read(1);
  const sizeCode = bits.read(4);
  const rateCode = bits.read(4);
  const assignment = bits.read(4);
  const sampleBits = SAMPLE_BITS[bits.read(3)];
  bits.read(1);
  // The number of the frame or sample, written as UTF-8 writes a code point.
  const more = Math.max(1, Math.clz32(~(bits.read(8) << 24)));
  for (let byte = 1; byte < more; byte++) bits.read(8);
  const blockSize = readBlockSize(bits, sizeCode);
  const sampleRate = SAMPLE_RATES[rateCode] ?? readRate(bits, rateCode);
  const crc = crc8(bytes.subarray(0, bits.byteLength));
  if (bits.read(8) !== crc) return undefined;
  if (blockSize < 1 || assignment > MID_SIDE || sampleBits === undefined) return undefined;
  const channelCount = assignment < LEFT_SIDE ? assignment + 1 : 2;
  const isAsSaid =
    channelCount === info.channelCount &&
    [0, info.bits].includes(sampleBits) &&
    [0, info.sampleRate].includes(sampleRate);
  if (!isAsSaid) {
    throw unsupportedFile('FLAC', 'its sampling rate, its channels or the bits of its samples change');
  }
  return { blockSize, assignment };
}

/**
 * @param {BitReader} bits
 * @param {number} code
 * @returns {number} Hz
 */
function readRate(bits, code) {
  if (code === 12) return 1000 * bits.read(8);
  return bits.read(16) * (code === 14 ? 10 : 1);
}

/**
 * @param {BitReader} bits
 * @param {number} code
 * @returns {number} samples; 0 if the code is reserved
 */
function readBlockSize(bits, code) {
  if (code === 0) return 0;
  if (code === 1) return 192;
  if (code <= 5) return 144 << code;
  if (code === 6) return bits.read(8) + 1;
  if (code === 7) return bits.read(16) + 1;
  return 1 << code;
}

/**
 * @param {BitReader} bits
 * @param {number} blockSize
 * @param {number} width bits of a sample
 * @returns {Float64Array | undefined}
 */
function readSubframe(bits, blockSize, width) {
  if (bits.read(1) !== 0) return undefined;
  const type = bits.read(6);
  const wasted = bits.read(1) ? bits.readZeros() + 1 : 0;
  if (wasted >= width) return undefined;
  const samples = readSamples(bits, type, blockSize, width - wasted);
  return wasted === 0 ? samples : samples?.map((sample) => sample * 2 ** wasted);
}

/**
 * @param {BitReader} bits
 * @param {number} type
 * @param {number} blockSize
 * @param {number} width
 * @returns {Float64Array | undefined}
 */
function readSamples(bits, type, blockSize, width) {
  const samples = new Float64Array(blockSize);
  if (type === 0) return samples.fill(bits.readSigned(width));
  if (type === 1) return samples.map(() => bits.readSigned(width));
  const order = type >= 32 ? type - 31 : type - 8;
  if (order < 0 || order > blockSize || (type < 32 && order > 4)) return undefined;
  for (let index = 0; index < order; index++) samples[index] = bits.readSigned(width);
  bits.check();
  if (type < 32) {
    if (!readResiduals(bits, samples, order)) return undefined;
    predict(samples, FIXED[order], 0);
    return samples;
  }
  const precision = bits.read(4) + 1;
  const shift = bits.readSigned(5);
  if (precision === 16 || shift < 0) return undefined;
  const coefficients = Array.from({ length: order }, () => bits.readSigned(precision));
  if (!readResiduals(bits, samples, order)) return undefined;
  predict(samples, coefficients, shift);
  return samples;
}

/**
 * Adds to each residual what the samples before it predict.
 *
 * @param {Float64Array} samples in front samples, then residuals
 * @param {number[]} coefficients the last sample's first
 * @param {number} shift bits by which the prediction is divided
 */
function predict(samples, coefficients, shift) {
  const order = coefficients.length;
  const scale = 2 ** -shift;
  for (let index = order; index < samples.length; index++) {
    let sum = 0;
    for (let back = 0; back < order; back++) sum += coefficients[back] * samples[index - 1 - back];
    samples[index] += Math.floor(sum * scale);
  }
}

/**
 * Rice codes in partitions (RFC 9639, section 9.2.7).
 *
 * @param {BitReader} bits
 * @param {Float64Array} samples
 * @param {number} order how many of them stand there already
 * @returns {boolean} whether they could be read
 */
function readResiduals(bits, samples, order) {
  const method = bits.read(2);
  if (method > 1) return false;
  const parameterBits = method === 0 ? 4 : 5;
  const partitionOrder = bits.read(4);
  const partitionSize = samples.length / 2 ** partitionOrder;
  if (!Number.isInteger(partitionSize) || partitionSize < order) return false;
  for (let index = order, end = partitionSize; end <= samples.length; end += partitionSize) {
    const parameter = bits.read(parameterBits);
    if (parameter === 2 ** parameterBits - 1) {
      const width = bits.read(5);
      for (; index < end; index++) samples[index] = width === 0 ? 0 : bits.readSigned(width);
    } else {
      for (; index < end; index++) {
        const code = bits.readZeros() * 2 ** parameter + bits.read(parameter);
        samples[index] = code % 2 === 0 ? code / 2 : -(code + 1) / 2;
      }
    }
    bits.check();
  }
  return true;
}

/**
 * @param {Float64Array[]} channels
 * @param {number} assignment
 * @returns {Float64Array[]} left and right where they were stored as one of them, or their mean, and their difference
 */
function joinStereo(channels, assignment) {
  const [first, second] = channels;
  if (assignment === LEFT_SIDE) return [first, first.map((left, index) => left - second[index])];
  if (assignment === SIDE_RIGHT) return [first.map((side, index) => side + second[index]), second];
  if (assignment !== MID_SIDE) return channels;
  // The mean lost its half where the sum was odd, and then the difference is odd as well.
  const sums = first.map((mid, index) => 2 * mid + Math.abs(second[index] % 2));
  return [
    sums.map((sum, index) => (sum + second[index]) / 2),
    sums.map((sum, index) => (sum - second[index]) / 2),
  ];
}
