/**
 * @template {Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>} T
 * @param {new (length: number) => T} Type
 * @param {ArrayLike<number>[]} parts
 * @returns {T} the numbers of all of them, one part after the other
 */
export function concatenate(Type, parts) {
  const whole = new Type(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
