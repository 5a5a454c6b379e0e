import { zipSync } from 'fflate';

/** @typedef {{ data: Float32Array | Float64Array, shape: number[] }} NumpyArray row-major */

/**
 * numpy's .npz: an uncompressed zip with one .npy for each array.
 *
 * @param {Record<string, NumpyArray>} arrays
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function encodeNpz(arrays) {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)]);
  return zipSync(Object.fromEntries(files), { level: 0 });
}

/**
 * Version 1.0: magic, header length, a Python literal padded so that the data starts at a multiple of 64, data.
 *
 * @param {NumpyArray} array
 */
function encodeNpy({ data, shape }) {
  const type = data instanceof Float64Array ? '<f8' : '<f4';
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const dataStart = Math.ceil((10 + text.length + 1) / 64) * 64;
  const bytes = new Uint8Array(dataStart + data.byteLength);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, dataStart - 10, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(dataStart - 11)}\n`), 10);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), dataStart);
  return bytes;
}
