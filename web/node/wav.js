import { BufferSource, EncodedPacketSink, Input, WAVE } from 'mediabunny';
import { EdgeL3Error } from '../errors.js';

/** @typedef {{ channels: (Float32Array | Float64Array)[], sampleRate: number }} AudioFile samples and rate in Hz */
/** @typedef {(view: DataView, offset: number) => number} SampleReader */

/**
 * How one sample is stored. The values are libsndfile's: integers over their full scale, floats as they are.
 * 32-bit integers and doubles need a Float64Array, everything else is exact in a Float32Array.
 *
 * @type {Record<string, { size: number, read: SampleReader, Samples: Float32ArrayConstructor | Float64ArrayConstructor }>}
 */
const CODECS = {
  'pcm-u8': { size: 1, read: (view, at) => (view.getUint8(at) - 128) / 128, Samples: Float32Array },
  'pcm-s16': { size: 2, read: (view, at) => view.getInt16(at, true) / 2 ** 15, Samples: Float32Array },
  'pcm-s24': { size: 3, read: readInt24, Samples: Float32Array },
  'pcm-s32': { size: 4, read: (view, at) => view.getInt32(at, true) / 2 ** 31, Samples: Float64Array },
  'pcm-f32': { size: 4, read: (view, at) => view.getFloat32(at, true), Samples: Float32Array },
  'pcm-f64': { size: 8, read: (view, at) => view.getFloat64(at, true), Samples: Float64Array },
  alaw: { size: 1, read: (view, at) => readALaw(view.getUint8(at)), Samples: Float32Array },
  ulaw: { size: 1, read: (view, at) => readMuLaw(view.getUint8(at)), Samples: Float32Array },
};

/**
 * @param {Uint8Array} bytes
 * @returns {boolean} whether they are a WAV file, also behind an ID3 tag
 */
export function isWav(bytes) {
  const start = id3Length(bytes);
  return ['RIFF', 'RF64', 'RIFX'].includes(ascii(bytes, start)) && ascii(bytes, start + 8) === 'WAVE';
}

/**
 * Decodes a WAV file: 8, 16, 24 and 32-bit integers, 32 and 64-bit floats, A-law and mu-law, also as EXTENSIBLE and
 * RF64. Of a truncated file it gives the part that is there.
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<AudioFile>}
 * @throws {EdgeL3Error} file_unsupported
 */
export async function decodeWav(bytes) {
  const file = new Uint8Array(bytes.subarray(id3Length(bytes)));
  if (ascii(file, 0) === 'RIFX') throw unsupported('it is a big-endian WAV file (RIFX)');
  // A recorder that was stopped hard, or wrote to a pipe, leaves size 0: then the file's own length counts.
  if (new DataView(file.buffer).getUint32(4, true) === 0) file.fill(0xff, 4, 8);
  try {
    return await readTrack(new Input({ source: new BufferSource(file), formats: [WAVE] }));
  } catch (cause) {
    if (cause instanceof EdgeL3Error) throw cause;
    throw unsupported(`its header is not understood (${/** @type {Error} */ (cause).message})`, cause);
  }
}

/**
 * @param {Input} input
 * @returns {Promise<AudioFile>}
 */
async function readTrack(input) {
  const track = await input.getPrimaryAudioTrack();
  if (!track) throw unsupported('it has no sound in it');
  const { numberOfChannels, sampleRate } = track;
  if (numberOfChannels < 1 || sampleRate < 1) {
    throw unsupported(`its header says ${numberOfChannels} channels at ${sampleRate} Hz`);
  }
  const { size, read, Samples } = CODECS[String(track.codec)];
  const sink = new EncodedPacketSink(track);
  const first = await sink.getFirstPacket();
  if (!first) throw unsupported('it has no samples');
  const frameSize = first.byteLength / Math.round(first.duration * sampleRate);
  if (frameSize !== size * numberOfChannels) {
    throw unsupported(`its samples of ${size} bytes stand in frames of ${frameSize} bytes`);
  }
  const length = Math.round((await track.computeDuration()) * sampleRate);
  const channels = Array.from({ length: numberOfChannels }, () => new Samples(length));
  let frame = 0;
  for await (const { data } of sink.packets(first)) {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (let offset = 0; offset < data.byteLength; frame++) {
      for (const channel of channels) {
        channel[frame] = read(view, offset);
        offset += size;
      }
    }
  }
  return { channels, sampleRate };
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
function readInt24(view, at) {
  return (view.getUint16(at, true) + view.getInt8(at + 2) * 2 ** 16) / 2 ** 23;
}

/**
 * An ID3v2 tag: 'ID3', version, flags, then its length in four bytes of seven bits.
 *
 * @param {Uint8Array} bytes
 * @returns {number} bytes to skip
 */
function id3Length(bytes) {
  if (bytes.length < 10 || ascii(bytes, 0).slice(0, 3) !== 'ID3') return 0;
  return 10 + ((bytes[6] << 21) | (bytes[7] << 14) | (bytes[8] << 7) | bytes[9]);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} start
 */
function ascii(bytes, start) {
  return String.fromCharCode(...bytes.subarray(start, start + 4));
}

/**
 * @param {string} reason
 * @param {unknown} [cause]
 */
function unsupported(reason, cause) {
  return new EdgeL3Error('file_unsupported', `This WAV file cannot be read: ${reason}.`, cause);
}
