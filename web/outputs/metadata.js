/** @import { Bytes } from './table/table.js' */

/** Bytes of the end of a zip file in front of its comment, and the signature they begin with. */
const ZIP_END_BYTES = 22;
const ZIP_END = 0x06054b50;

/** Bytes at the end of a file in which it stands: those of the longest comment of a zip file, and what is in front of it. */
const SEARCHED_BYTES = 2 ** 16 - 1 + ZIP_END_BYTES;

/** It stands last in the object that a .json is. */
const JSON_KEY = '"metadata":';

/**
 * What a file of embeddings says about how it was made, if it is an .npz or a .json and says anything.
 *
 * @param {Bytes} bytes of the file
 * @returns {Promise<string | undefined>} JSON, as far as it was not written by other programs
 */
export async function readMetadata(bytes) {
  const end = await bytes.read(Math.max(0, bytes.byteLength - SEARCHED_BYTES), bytes.byteLength);
  return zipComment(end) ?? lastValue(new TextDecoder().decode(end));
}

/** @param {Uint8Array} end of the file */
function zipComment(end) {
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  for (let at = end.length - ZIP_END_BYTES; at >= 0; at--) {
    const isEnd = view.getUint32(at, true) === ZIP_END;
    const comment = end.subarray(at + ZIP_END_BYTES);
    if (isEnd && view.getUint16(at + ZIP_END_BYTES - 2, true) === comment.length) {
      return new TextDecoder().decode(comment) || undefined;
    }
  }
  return undefined;
}

/** @param {string} text the end of a .json */
function lastValue(text) {
  const at = text.lastIndexOf(JSON_KEY);
  return at < 0
    ? undefined
    : text
        .slice(at + JSON_KEY.length)
        .trimEnd()
        .slice(0, -1);
}
