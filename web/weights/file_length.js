import { isHdf5 } from './hdf5.js';
import { readDataEnd } from './safetensors.js';

/** Where superblock 0 of HDF5 has the file's length, in 8 bytes. */
const HDF5_LENGTH_AT = 40;

/**
 * How long a model file is by its own account. A server that compresses on the way tells another length, or none.
 *
 * @param {Uint8Array} start of the file
 * @returns {number | undefined} bytes; undefined where the start does not tell, as of a gzipped file
 */
export function statedLength(start) {
  try {
    if (!isHdf5(start)) return readDataEnd(start);
    return Number(new DataView(start.buffer, start.byteOffset).getBigUint64(HDF5_LENGTH_AT, true));
  } catch {
    return undefined;
  }
}
