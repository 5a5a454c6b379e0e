/**
 * @param {unknown} value
 * @returns {value is Blob} whether it is one, or a File, also of another window or test runner: its tag says so
 */
export function isBlob(value) {
  return /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(value));
}

/**
 * @param {Blob} blob
 * @returns {Promise<ArrayBuffer>} its bytes
 */
export function readBlob(blob) {
  if (blob.arrayBuffer) return blob.arrayBuffer();
  // Some of jsdom's have no method but can be read.
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {ArrayBuffer} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });
}
