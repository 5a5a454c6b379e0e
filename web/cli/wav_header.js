/** Bytes. */
const WAV_HEADER_LENGTH = 44;

/** What a header says of a sound whose length nobody knows yet. */
const UNKNOWN = 0xffffffff;

const PCM = 1;
const FLOAT = 3;

/**
 * How bare samples are stored, by the names that ffmpeg has for it: the format tag of WAV, and bytes of a sample.
 *
 * @type {Record<string, { tag: number, size: number }>}
 */
export const ENCODINGS = {
  u8: { tag: PCM, size: 1 },
  s16le: { tag: PCM, size: 2 },
  s24le: { tag: PCM, size: 3 },
  s32le: { tag: PCM, size: 4 },
  f32le: { tag: FLOAT, size: 4 },
  f64le: { tag: FLOAT, size: 8 },
};

/**
 * @typedef {object} BareSound
 * @property {number} sampleRate Hz
 * @property {number} channels
 * @property {string} encoding a key of ENCODINGS
 */

/**
 * The header of a WAV file.
 *
 * @param {BareSound} sound what follows it
 * @param {number} [frames] samples of each channel; undefined: nobody knows yet how many
 * @returns {Buffer}
 */
export function wavHeader({ sampleRate, channels, encoding }, frames) {
  const { tag, size } = ENCODINGS[encoding];
  const frameSize = channels * size;
  const length = frames === undefined ? undefined : frameSize * frames;
  const header = Buffer.alloc(WAV_HEADER_LENGTH);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(length === undefined ? UNKNOWN : WAV_HEADER_LENGTH - 8 + length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * frameSize, 28);
  header.writeUInt16LE(frameSize, 32);
  header.writeUInt16LE(8 * size, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(length ?? UNKNOWN, 40);
  return header;
}
