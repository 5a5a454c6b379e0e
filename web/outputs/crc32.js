/** CRC-32 with the polynomial of zip files, whose bits are reversed (PKWARE's APPNOTE.TXT, section 4.4.7). */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  return value;
});

/**
 * The checksum of bytes that come in pieces.
 *
 * @param {Uint8Array} bytes the next piece
 * @param {number} [before] the checksum of the pieces before it; 0 for the first
 * @returns {number} 32 bits without a sign
 */
export function crc32(bytes, before = 0) {
  let crc = ~before;
  for (let index = 0; index < bytes.length; index++) crc = TABLE[(crc ^ bytes[index]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
