/**
 * A float32 in as many digits as give it back.
 *
 * @param {number} value
 * @returns {string} as JSON and CSV have numbers
 */
export function toDecimal(value) {
  return String(Number(value.toPrecision(9)));
}
