import { textAt, viewOf } from '../common/bytes.js';

/** @import { ByteReader } from './byte_reader.js' */

/** The largest tag: ID3v2 writes its length in 28 bits. */
export const MAX_TAG_BYTES = 2 ** 28;

const ID3V1_BYTES = 128;

const ID3V2_HEADER_BYTES = 10;

/** A flag of ID3v2.4: the header stands behind the tag once more. */
const HAS_FOOTER = 0x10;

const APE_HEADER_BYTES = 32;

/** A flag of APEv2: this is the header in front of the tag, not the footer behind it. */
const IS_HEADER = 2 ** 29;

/** The end of a Lyrics3 tag, and how many bytes it may have. */
const LYRICS_END = /LYRICS(END|200)/;
const LYRICS_BYTES = 8192;

/**
 * Skips a tag that stands here: ID3v1 or 2, APEv2, Lyrics3.
 *
 * @param {ByteReader} reader
 * @returns {Promise<boolean>} whether there was one
 */
export async function skipTag(reader) {
  const length = tagLength(await reader.peek(APE_HEADER_BYTES)) || (await lyricsLength(reader));
  await reader.skip(length);
  return length > 0;
}

/**
 * @param {Uint8Array} bytes
 * @returns {number} bytes of the tag that begins here; 0 if there is none
 */
export function tagLength(bytes) {
  const isId3 = textAt(bytes, 0, 3) === 'ID3' && bytes.length >= ID3V2_HEADER_BYTES;
  if (isId3) {
    // Four bytes of seven bits.
    const length = bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
    return ID3V2_HEADER_BYTES * (bytes[5] & HAS_FOOTER ? 2 : 1) + length;
  }
  if (textAt(bytes, 0, 8) === 'APETAGEX' && bytes.length >= APE_HEADER_BYTES) {
    const view = viewOf(bytes);
    return APE_HEADER_BYTES + (view.getUint32(20, true) & IS_HEADER ? view.getUint32(12, true) : 0);
  }
  return textAt(bytes, 0, 3) === 'TAG' ? ID3V1_BYTES : 0;
}

/** @param {ByteReader} reader */
async function lyricsLength(reader) {
  if (textAt(await reader.peek(11), 0, 11) !== 'LYRICSBEGIN') return 0;
  const found = LYRICS_END.exec(new TextDecoder('latin1').decode(await reader.peek(LYRICS_BYTES)));
  return found ? found.index + found[0].length : 0;
}
