import { makeCrc } from '../../../web/decoders/crc.js';
import { soundsNamed } from './sound_target.js';

export { trySound as fuzz } from './sound_target.js';

export const landmarks = ['fLaC', '\xff\xf8'];

export const seeds = () => soundsNamed(/\.flac$/);

const crc8 = makeCrc(8, 0x07);
const crc16 = makeCrc(16, 0x8005);

/** The checksums of each frame's header and of each frame (RFC 9639, section 9). @param {Uint8Array} bytes */
export function repair({ buffer, byteOffset, length }) {
  const bytes = Buffer.from(buffer, byteOffset, length);
  for (let frame = bytes.indexOf('\xff\xf8', 0, 'latin1'); frame >= 0; ) {
    const next = bytes.indexOf('\xff\xf8', frame + 2, 'latin1');
    const end = next < 0 ? length : next;
    const headerEnd = frame + headerLength(bytes.subarray(frame, end));
    if (headerEnd + 3 > end) return;
    bytes[headerEnd] = crc8(bytes.subarray(frame, headerEnd));
    bytes.writeUInt16BE(crc16(bytes.subarray(frame, end - 2)), end - 2);
    frame = next;
  }
}

/** Of a frame's header, without its checksum. @param {Uint8Array} frame */
function headerLength(frame) {
  // The frame's number is written as UTF-8 would write it: leading ones say how many bytes it has.
  const leadingOnes = Math.clz32(~(frame[4] << 24));
  const [blockSize, rate] = [frame[2] >> 4, frame[2] & 15];
  return (
    4 + Math.max(1, leadingOnes) + ({ 6: 1, 7: 2 }[blockSize] ?? 0) + ({ 12: 1, 13: 2, 14: 2 }[rate] ?? 0)
  );
}
