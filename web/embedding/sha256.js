/**
 * @param {Uint8Array} bytes
 * @returns {Promise<string>} their SHA-256 in hexadecimal digits
 */
export async function sha256Of(bytes) {
  const digest = await digestOf(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
async function digestOf(bytes) {
  // Pages that come by plain http have no crypto.subtle.
  const subtle = globalThis.crypto?.subtle;
  if (subtle) return new Uint8Array(await subtle.digest('SHA-256', /** @type {BufferSource} */ (bytes)));
  const { sha256 } = await import('./sha256_library.js');
  return sha256(bytes);
}
