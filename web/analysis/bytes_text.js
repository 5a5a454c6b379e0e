/** Characters that are made of bytes at once: a call takes only so many arguments. */
const CHUNK = 2 ** 15;

/**
 * Numbers as text: their bytes (little-endian) in base64, so that nothing is rounded.
 *
 * @param {Float32Array | Float64Array} numbers
 * @returns {string}
 */
export function numbersToText(numbers) {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}

/**
 * @param {unknown} text
 * @returns {Uint8Array<ArrayBuffer>} the bytes; none if it is not of this kind
 */
export function textToBytes(text) {
  try {
    return Uint8Array.from(atob(String(text)), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array(0);
  }
}
