/** From quiet to loud: dark to bright on a dark page, the other way round on a light one. */
const DARK = ['#10202b', '#17465a', '#1f7f86', '#7fd1c7', '#f6f3c9'];
const LIGHT = ['#ffffff', '#cfe6e8', '#6fb3bb', '#1f6f86', '#12263f'];

const STEPS = 256;

/** @typedef {[number, number, number]} Rgb 0 to 255 */

/** @returns {boolean} whether the visitor's colours are dark */
export function isDark() {
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/**
 * @returns {Uint8ClampedArray} 256 colours, four bytes each
 */
export function createPalette() {
  const stops = (isDark() ? DARK : LIGHT).map(parse);
  const palette = new Uint8ClampedArray(4 * STEPS);
  for (let step = 0; step < STEPS; step++) {
    const position = (step / (STEPS - 1)) * (stops.length - 1);
    const index = Math.min(Math.floor(position), stops.length - 2);
    const fraction = position - index;
    const colour = stops[index].map((value, part) => value + fraction * (stops[index + 1][part] - value));
    palette.set([...colour, 255], 4 * step);
  }
  return palette;
}

/**
 * @param {number} level 0 to 1
 * @returns {number} where in the palette its colour begins
 */
export function paletteIndex(level) {
  const step = Math.max(0, Math.min(STEPS - 1, Math.round(level * (STEPS - 1))));
  return 4 * step;
}

/** @param {string} name of a variable in style.css */
export function cssColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}

/** @param {string} hex @returns {Rgb} */
function parse(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
