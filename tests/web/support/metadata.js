/**
 * A file of embeddings without what it says about how it was made.
 *
 * @param {Uint8Array} bytes
 * @returns {string} its bytes as Latin-1
 */
export function withoutMetadata(bytes) {
  return toText(bytes)
    .replace(/,\n"metadata":\{.*\}(?=\}\n$)/s, '')
    .replace(/..\{"edgel3":.*$/s, '\0\0');
}

/**
 * A file of embeddings without what it says about the sound file, which a pipe does not know.
 *
 * @param {Uint8Array} bytes
 * @returns {string} its bytes as Latin-1
 */
export function withoutInput(bytes) {
  const text = toText(bytes).replace(/,"input":\{[^}]*\}/, '');
  // In front of the comment of an .npz stands its length.
  return text.replace(/..(?=\{"edgel3":[^\n]*$)/s, '');
}

/** @param {Uint8Array} bytes */
function toText(bytes) {
  return Buffer.from(bytes).toString('latin1');
}
