// Forms in which bytes come seldom.

/** @param {Uint8Array} bytes @returns {Uint8Array<SharedArrayBuffer>} a copy in shared memory */
export function toShared(bytes) {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** @param {Uint8Array} bytes @returns {ArrayBuffer} a copy in a buffer that can become shorter */
export function toResizable(bytes) {
  const buffer = Reflect.construct(ArrayBuffer, [bytes.length, { maxByteLength: 2 * bytes.length }]);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

/**
 * A Blob as jsdom has them, which can only be read by a FileReader.
 *
 * @param {Blob} blob
 * @returns {Blob}
 */
export function withoutMethods(blob) {
  Reflect.set(globalThis, 'FileReader', BlobReader);
  return Object.defineProperties(blob, { arrayBuffer: { value: undefined }, stream: { value: undefined } });
}

/** Of what FileReader does, what is used. */
class BlobReader {
  /** @type {ArrayBuffer | undefined} */
  result;
  onload = () => {};

  /** @param {Blob} blob */
  async readAsArrayBuffer(blob) {
    this.result = await Blob.prototype.arrayBuffer.call(blob);
    this.onload();
  }
}
