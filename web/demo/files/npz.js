import { zipSync } from 'fflate';
import { npyHeader } from '../../outputs/npy.js';

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

/** @param {NumpyArray} array */
function encodeNpy({ data, shape }) {
  const header = npyHeader(data instanceof Float64Array ? '<f8' : '<f4', shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}
