/**
 * @param {Uint8Array} bytes
 * @param {number} start
 * @param {number} end
 * @returns {string} these bytes, each as the character of its number (Latin-1)
 */
export function textAt(bytes, start, end) {
  return String.fromCharCode(...bytes.subarray(start, end));
}

/** @param {Uint8Array} bytes */
export function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * @template {Uint8Array} T
 * @param {T[]} parts
 * @returns {T | Uint8Array<ArrayBuffer>} all of them in one; the only one itself
 */
export function joinBytes(parts) {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
