/** Format tags of a WAV file. */
export const PCM = 1;
export const FLOAT = 3;
export const A_LAW = 6;
export const MU_LAW = 7;

/**
 * @typedef {object} WavOptions
 * @property {Uint8Array} data samples as they stand in the file
 * @property {number} [format]
 * @property {number} [bits]
 * @property {number} [channels]
 * @property {number} [sampleRate]
 * @property {number} [blockAlign]
 * @property {boolean} [extensible]
 * @property {Uint8Array[]} [before] chunks in front of 'fmt '
 * @property {Uint8Array[]} [after] chunks behind 'data'
 */

/**
 * A WAV file, also one that contradicts itself.
 *
 * @param {WavOptions} options
 * @returns {Uint8Array}
 */
export function wavFile({
  data,
  format = PCM,
  bits = 16,
  channels = 1,
  sampleRate = 8000,
  blockAlign = (channels * bits) / 8,
  extensible = false,
  before = [],
  after = [],
}) {
  const header = new DataView(new ArrayBuffer(extensible ? 40 : 16));
  header.setUint16(0, extensible ? 0xfffe : format, true);
  header.setUint16(2, channels, true);
  header.setUint32(4, sampleRate, true);
  header.setUint32(8, sampleRate * blockAlign, true);
  header.setUint16(12, blockAlign, true);
  header.setUint16(14, bits, true);
  if (extensible) {
    header.setUint16(16, 22, true);
    header.setUint16(18, bits, true);
    // The sub-format GUID: the format tag, then the fixed rest of KSDATAFORMAT_SUBTYPE.
    header.setUint16(24, format, true);
    new Uint8Array(header.buffer).set([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71], 26);
  }
  const chunks = [...before, chunk('fmt ', new Uint8Array(header.buffer)), chunk('data', data), ...after];
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]));
}

/**
 * @param {string} id
 * @param {Uint8Array} content
 * @returns {Uint8Array} padded to an even length
 */
export function chunk(id, content) {
  const bytes = new Uint8Array(8 + content.length + (content.length % 2));
  bytes.set(Buffer.from(id));
  new DataView(bytes.buffer).setUint32(4, content.length, true);
  bytes.set(content, 8);
  return bytes;
}

/**
 * @param {number} size bytes of one sample
 * @param {number[]} values
 * @param {(view: DataView, offset: number, value: number) => void} write
 * @returns {Uint8Array}
 */
export function samples(size, values, write) {
  const view = new DataView(new ArrayBuffer(size * values.length));
  values.forEach((value, index) => {
    write(view, index * size, value);
  });
  return new Uint8Array(view.buffer);
}

/** @param {number[]} values @returns {Uint8Array} 16-bit integers */
export function int16(values) {
  return samples(2, values, (view, offset, value) => view.setInt16(offset, value, true));
}
