import { damagedFile } from './errors.js';

/** @import { ByteReader } from './byte_reader.js' */
/** @import { AudioPiece } from './open_audio.js' */
/** @typedef {(view: DataView, offset: number, littleEndian: boolean) => number} SampleReader */
/** @typedef {{ size: number, read: SampleReader, Samples: Float32ArrayConstructor | Float64ArrayConstructor }} SampleFormat */

/**
 * @typedef {object} PcmOptions
 * @property {string} kind of file, for messages
 * @property {SampleFormat} format
 * @property {boolean} littleEndian
 * @property {number} channelCount
 * @property {number} sampleRate Hz
 * @property {number} byteLength of all samples; Infinity: to the end of the file
 * @property {number} slack bytes that stand in front of the samples. A file may lack as many at its end: some programs
 *   count them, or a part of them, as samples
 */

/** Frames, that is samples of each channel, that are read at once at most. */
const PIECE_FRAMES = 65_536;

/**
 * How one sample is stored. The values are libsndfile's: integers over their full scale, floats as they are.
 * 32-bit integers and doubles need a Float64Array, everything else is exact in a Float32Array.
 *
 * @type {Record<'u8' | 's8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'aLaw' | 'muLaw', SampleFormat>}
 */
export const SAMPLE_FORMATS = {
  u8: { size: 1, read: (view, at) => (view.getUint8(at) - 128) / 128, Samples: Float32Array },
  s8: { size: 1, read: (view, at) => view.getInt8(at) / 128, Samples: Float32Array },
  s16: { size: 2, read: (view, at, little) => view.getInt16(at, little) / 2 ** 15, Samples: Float32Array },
  s24: { size: 3, read: readInt24, Samples: Float32Array },
  s32: { size: 4, read: (view, at, little) => view.getInt32(at, little) / 2 ** 31, Samples: Float64Array },
  f32: { size: 4, read: (view, at, little) => view.getFloat32(at, little), Samples: Float32Array },
  f64: { size: 8, read: (view, at, little) => view.getFloat64(at, little), Samples: Float64Array },
  aLaw: { size: 1, read: (view, at) => readALaw(view.getUint8(at)), Samples: Float32Array },
  muLaw: { size: 1, read: (view, at) => readMuLaw(view.getUint8(at)), Samples: Float32Array },
};

/**
 * Reads uncompressed samples, the channels interleaved.
 *
 * @param {ByteReader} reader at the first sample
 * @param {PcmOptions} options
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged
 */
export async function* readPcm(reader, options) {
  const { kind, format, channelCount, sampleRate, byteLength, slack } = options;
  const frameSize = format.size * channelCount;
  // A part of a frame at the end is none.
  const length = byteLength === Infinity ? Infinity : byteLength - (byteLength % frameSize);
  for (let left = length; left > 0; ) {
    const bytes = await reader.readUnits(frameSize, Math.min(left, PIECE_FRAMES * frameSize));
    left -= bytes.length;
    if (bytes.length < frameSize) {
      if (left === Infinity || (bytes.length === 0 && left <= slack && left < length)) return;
      throw damagedFile(kind, `it ends after ${length - left} of its ${length} bytes of sound`);
    }
    yield { sampleRate, channels: splitFrames(bytes, options) };
  }
}

/**
 * @param {Uint8Array} bytes
 * @param {PcmOptions} options
 */
function splitFrames(bytes, { format: { size, read, Samples }, littleEndian, channelCount }) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frameSize = size * channelCount;
  const length = Math.floor(bytes.length / frameSize);
  return Array.from({ length: channelCount }, (_, channel) => {
    const samples = new Samples(length);
    for (let frame = 0; frame < length; frame++) {
      samples[frame] = read(view, frame * frameSize + channel * size, littleEndian);
    }
    return samples;
  });
}

/**
 * ITU-T G.711, section 3: eight chords of sixteen steps, stored with every other bit inverted.
 *
 * @param {number} code
 */
function readALaw(code) {
  const byte = code ^ 0x55;
  const chord = (byte >> 4) & 7;
  const step = ((byte & 15) << 4) + 8;
  const magnitude = chord === 0 ? step : (step + 256) << (chord - 1);
  return (byte & 0x80 ? magnitude : -magnitude) / 32768;
}

/**
 * ITU-T G.711, section 4: eight chords of sixteen steps on a bias of 132, stored with every bit inverted.
 *
 * @param {number} code
 */
function readMuLaw(code) {
  const byte = ~code;
  const magnitude = ((((byte & 15) << 3) + 132) << ((byte >> 4) & 7)) - 132;
  return (byte & 0x80 ? 0 - magnitude : magnitude) / 32768;
}

/** @type {SampleReader} */
function readInt24(view, at, littleEndian) {
  const [high, low] = littleEndian ? [at + 2, at] : [at, at + 1];
  return (view.getInt8(high) * 2 ** 16 + view.getUint16(low, littleEndian)) / 2 ** 23;
}
