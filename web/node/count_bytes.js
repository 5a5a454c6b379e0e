/**
 * Hands bytes on as they come.
 *
 * @param {AsyncIterable<Uint8Array>} bytes
 * @param {(count: number) => void} onRead called with the length of each piece
 * @returns {AsyncGenerator<Uint8Array>}
 */
export async function* countBytes(bytes, onRead) {
  for await (const chunk of bytes) {
    onRead(chunk.length);
    yield chunk;
  }
}
