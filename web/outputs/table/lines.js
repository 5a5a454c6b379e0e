/** @import { Bytes } from './table.js' */

/** Bytes that are read at once. */
const CHUNK_BYTES = 2 ** 18;

/**
 * The lines of a text in UTF-8, without their ends.
 *
 * @param {Bytes} bytes
 * @returns {AsyncGenerator<string>}
 */
export async function* readLines(bytes) {
  const decoder = new TextDecoder();
  let rest = '';
  for (let start = 0; start < bytes.byteLength; start += CHUNK_BYTES) {
    const end = Math.min(bytes.byteLength, start + CHUNK_BYTES);
    const lines = (rest + decoder.decode(await bytes.read(start, end), { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/**
 * A float32 in as many digits as give it back.
 *
 * @param {number} value
 * @returns {string} as JSON and CSV have numbers
 */
export function toDecimal(value) {
  return String(Number(value.toPrecision(9)));
}
