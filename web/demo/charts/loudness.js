/** Absolute decibels of `model.melColumns` at which a point is all dark, and all bright: a quiet room, a loud voice. */
const FLOOR = -32;
const CEILING = 4;

/**
 * @param {Float32Array} column decibels
 * @returns {Float32Array} how bright it is drawn, from 0 to 1
 */
export function toBrightness(column) {
  return column.map((decibels) => Math.max(0, Math.min(1, (decibels - FLOOR) / (CEILING - FLOOR))));
}
