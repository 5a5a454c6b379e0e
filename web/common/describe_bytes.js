/** Bytes that are shown. */
const SHOWN = 32;

/**
 * What came instead of a certain kind of file, with what servers and checkouts give in its stead most often.
 *
 * @param {Uint8Array} bytes
 * @returns {string} the end of a sentence
 */
export function describeBytes(bytes) {
  if (bytes.length === 0) return 'nothing, 0 bytes';
  const start = new TextDecoder().decode(bytes.subarray(0, SHOWN));
  const shown = `${bytes.length} bytes that begin with ${JSON.stringify(start)}`;
  if (start.startsWith('version https://git-lfs')) {
    return `${shown}, a pointer of Git LFS ('git lfs pull' gets the file itself)`;
  }
  if (/^\s*<(!doctype|html)/i.test(start)) return `${shown}, a web page`;
  return shown;
}
