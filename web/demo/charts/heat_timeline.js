import { createHidden, prepare } from './canvas.js';
import { createPalette, paletteIndex } from './colours.js';

/**
 * @typedef {object} TimelineOptions
 * @property {number} rows
 * @property {number} period seconds in a column
 * @property {number} start seconds: where the first column begins
 * @property {number} span seconds that are shown
 */

/** A heat map that scrolls: new columns come in on the right. Its memory does not grow. */
export class HeatTimeline {
  #canvas;
  #rows;
  #period;
  #start;
  #span;
  #columns;
  #ring;
  #pixels;
  #palette = createPalette();
  #count = 0;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {TimelineOptions} options
   */
  constructor(canvas, { rows, period, start, span }) {
    this.#canvas = canvas;
    this.#rows = rows;
    this.#period = period;
    this.#start = start;
    this.#span = span;
    this.#columns = Math.ceil(span / period) + 2;
    this.#ring = createHidden(this.#columns, rows);
    this.#pixels = this.#ring.createImageData(1, rows);
  }

  /** @param {ArrayLike<number>} levels of the next column, from 0 to 1, the lowest row first */
  add(levels) {
    for (let row = 0; row < this.#rows; row++) {
      const from = paletteIndex(levels[this.#rows - 1 - row]);
      this.#pixels.data.set(this.#palette.subarray(from, from + 4), 4 * row);
    }
    this.#ring.putImageData(this.#pixels, this.#count % this.#columns, 0);
    this.#count++;
  }

  /** @param {number} now seconds: the time at the right edge */
  draw(now) {
    const context = prepare(this.#canvas);
    const { width, height } = this.#canvas;
    const scale = width / this.#span;
    const oldest = Math.max(0, this.#count - this.#columns);
    // The ring in one piece, or in two where it begins anew.
    for (let first = oldest; first < this.#count; ) {
      const at = first % this.#columns;
      const count = Math.min(this.#count - first, this.#columns - at);
      const left = width - (now - this.#start - first * this.#period) * scale;
      context.drawImage(
        this.#ring.canvas,
        at,
        0,
        count,
        this.#rows,
        left,
        0,
        count * this.#period * scale,
        height,
      );
      first += count;
    }
  }
}
