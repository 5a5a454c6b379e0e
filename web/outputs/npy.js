/** Bytes of the header of every array here: up to the first multiple of 64 that holds any shape of two numbers. */
export const NPY_HEADER_BYTES = 128;

/**
 * The header of numpy's .npy, version 1.0: magic, header length, a Python literal padded so that the data starts at a
 * multiple of 64. Little-endian data follows, row by row.
 *
 * @param {string} type numpy's name of it, such as '<f4'
 * @param {number[]} shape one or two numbers
 * @returns {Uint8Array<ArrayBuffer>} NPY_HEADER_BYTES
 */
export function npyHeader(type, shape) {
  const tuple = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const bytes = new Uint8Array(NPY_HEADER_BYTES).fill(0x20);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  new DataView(bytes.buffer).setUint16(8, NPY_HEADER_BYTES - 10, true);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[NPY_HEADER_BYTES - 1] = 0x0a;
  return bytes;
}
