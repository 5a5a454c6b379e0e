import { makeCrc } from '../../../web/decoders/crc.js';
import { soundsNamed, trySound } from './sound_target.js';

/** Without a second opinion: of damaged sound each decoder makes something else. @param {Uint8Array} bytes */
export const fuzz = (bytes) => trySound(bytes);

export const landmarks = [
  'OggS',
  '\x01vorbis',
  '\x03vorbis',
  '\x05vorbis',
  'OpusHead',
  'OpusTags',
  '\x7fFLAC',
];

export const seeds = () => soundsNamed(/\.(ogg|oga|opus)$/);

const crc32 = makeCrc(32, 0x04c11db7);

/** The checksum of each page. @param {Uint8Array} bytes */
export function repair({ buffer, byteOffset, length }) {
  const bytes = Buffer.from(buffer, byteOffset, length);
  for (let page = bytes.indexOf('OggS'); page >= 0 && page + 27 <= length; ) {
    const segments = bytes.subarray(page + 27, page + 27 + bytes[page + 26]);
    const end = page + 27 + segments.length + segments.reduce((sum, segment) => sum + segment, 0);
    bytes.fill(0, page + 22, page + 26);
    bytes.writeUInt32LE(crc32(bytes.subarray(page, end)), page + 22);
    page = bytes.indexOf('OggS', end);
  }
}
