// Exponential and logarithm that give the same bits in every engine: those of Math differ from one to the next, in the last place.
// Nothing here is used but additions, multiplications and divisions, which IEEE 754 rounds in one way only.

/** The logarithm of two in two parts: the first has so many zeros at its end that whole multiples of it are exact. */
const LN2_HIGH = 0x162e42fee00000 / 2 ** 53;
const LN2_LOW = 1.9082149292705877e-10;

/** Terms of the series: with them the rest is less than half a unit in the last place. */
const EXP_TERMS = 14;
const LOG_TERMS = 21;

const bits = new DataView(new ArrayBuffer(8));

/**
 * @param {number} x at most 700
 * @returns {number} e to the power of x, within two units in the last place; 0 below -708
 */
export function exp(x) {
  if (x < -708) return 0;
  const power = Math.round(x / (LN2_HIGH + LN2_LOW));
  const rest = x - power * LN2_HIGH - power * LN2_LOW;
  // Taylor's series, from its last term on.
  let sum = 1;
  for (let term = EXP_TERMS; term > 0; term--) sum = 1 + (rest / term) * sum;
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  return sum * bits.getFloat64(0);
}

/**
 * @param {number} x above 2 ** -1022
 * @returns {number} its natural logarithm, within two units in the last place
 */
export function log(x) {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  // From about the root of a half to the root of two, so that the logarithm of what remains is small.
  const power = (high - 0x3fe6a09e) >> 20;
  bits.setUint32(0, high - power * 2 ** 20);
  const rest = bits.getFloat64(0);
  const ratio = (rest - 1) / (rest + 1);
  const square = ratio * ratio;
  // The series of the inverse hyperbolic tangent, from its last term on.
  let sum = 0;
  for (let term = LOG_TERMS; term > 1; term -= 2) sum = square * (sum + 1 / term);
  return power * LN2_HIGH + (power * LN2_LOW + 2 * ratio * sum + 2 * ratio);
}
