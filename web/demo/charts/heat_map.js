import { createHidden, prepare } from './canvas.js';
import { createPalette, paletteIndex } from './colours.js';

/**
 * A picture of numbers, to be drawn at any size.
 *
 * @param {number} columns
 * @param {number} rows
 * @param {(column: number, row: number) => number} levelAt from 0 to 1; row 0 is the lowest
 * @returns {HTMLCanvasElement}
 */
export function createHeatMap(columns, rows, levelAt) {
  // A whole pixel at once: there are many.
  const palette = new Uint32Array(createPalette().buffer);
  const context = createHidden(columns, rows);
  const pixels = context.createImageData(columns, rows);
  const colours = new Uint32Array(pixels.data.buffer);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      colours[(rows - 1 - row) * columns + column] = palette[paletteIndex(levelAt(column, row)) / 4];
    }
  }
  context.putImageData(pixels, 0, 0);
  return context.canvas;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} picture
 * @param {{ from?: number, to?: number }} [place] fractions of the width
 * @returns {CanvasRenderingContext2D} to draw over it
 */
export function drawHeatMap(canvas, picture, { from = 0, to = 1 } = {}) {
  const context = prepare(canvas);
  const { width, height } = canvas;
  context.drawImage(picture, from * width, 0, (to - from) * width, height);
  return context;
}
