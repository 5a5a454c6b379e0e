import { isGzip } from './gunzip.js';
import { isHdf5 } from './hdf5.js';

/** Where the header of a safetensors file begins, behind its length: it is JSON. */
const HEADER_AT = 8;

/**
 * @param {Uint8Array} bytes
 * @returns {boolean} whether they begin as model files do, of whatever kind
 */
export function beginsAsModel(bytes) {
  return isGzip(bytes) || isHdf5(bytes) || bytes[HEADER_AT] === '{'.charCodeAt(0);
}
