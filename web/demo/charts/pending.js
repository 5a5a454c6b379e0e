import { cssColour } from './colours.js';

/** CSS pixels between two lines. */
const DISTANCE = 7;

/**
 * Hatches the right edge of a timeline, where sound has been heard of which nothing is known yet.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} fraction of its width
 */
export function shadePending(canvas, fraction) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const { width, height } = canvas;
  const left = Math.max(0, width * (1 - fraction));
  context.save();
  context.beginPath();
  context.rect(left, 0, width - left, height);
  context.clip();
  context.beginPath();
  const step = DISTANCE * devicePixelRatio;
  // Fixed to the edge, so that the lines stand still.
  for (let x = width + height; x > left; x -= step) {
    context.moveTo(x, 0);
    context.lineTo(x - height, height);
  }
  context.strokeStyle = cssColour('--line');
  context.lineWidth = devicePixelRatio;
  context.stroke();
  context.restore();
}
