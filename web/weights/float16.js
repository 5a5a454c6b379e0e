const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * The IEEE 754 half-precision bits nearest to a float32 value, ties to even. A magnitude that rounds beyond
 * 65504 gives the bits of infinity.
 *
 * @param {number} value
 * @returns {number}
 */
export function toFloat16Bits(value) {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    // Normal: the exponent's bias goes from 127 to 15, then 13 mantissa bits are rounded away.
    return sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
  }
  // Subnormal: a whole number of steps of 2^-24. Adding 0.5 leaves exactly that number, rounded to even, in the
  // low mantissa bits, because float32 steps are 2^-24 wide there.
  float[0] = Math.abs(float[0]) + 0.5;
  return sign | (bits[0] - 0x3f000000);
}

/**
 * The value of half-precision bits.
 *
 * @param {number} half
 * @returns {number}
 */
export function fromFloat16Bits(half) {
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  const sign = half & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}
