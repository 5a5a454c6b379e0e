/**
 * A cyclic redundancy check with the highest bit first and a start of zero, as FLAC and Ogg have it.
 *
 * @param {8 | 16 | 32} width bits
 * @param {number} polynomial without its highest bit
 * @returns {(bytes: Uint8Array) => number}
 */
export function makeCrc(width, polynomial) {
  const mask = 2 ** width - 1;
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ ((value >>> (width - 1)) & 1 ? polynomial : 0);
    return value & mask;
  });
  return (bytes) => {
    let crc = 0;
    for (let index = 0; index < bytes.length; index++) {
      crc = ((crc << 8) ^ table[((crc >>> (width - 8)) ^ bytes[index]) & 255]) & mask;
    }
    return crc >>> 0;
  };
}
