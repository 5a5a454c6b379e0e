/** @import { Inputs } from './table.js' */

/** Bytes of what is known of one file. */
const FILE_BYTES = 2 * Float64Array.BYTES_PER_ELEMENT;

/**
 * @param {Uint8Array} bytes
 * @returns {Inputs | undefined} undefined if it is something else
 */
export function toInputs(bytes) {
  return bytes.length % FILE_BYTES === 0 ? new Float64Array(new Uint8Array(bytes).buffer) : undefined;
}
