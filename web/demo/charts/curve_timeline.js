import { prepare } from './canvas.js';
import { cssColour } from './colours.js';

/** A curve that scrolls, aligned with a HeatTimeline of the same span. Its memory does not grow. */
export class CurveTimeline {
  #canvas;
  #span;
  #ceiling;
  /** @type {{ time: number, value: number }[]} */
  #points = [];

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{ span: number, ceiling: number }} options seconds that are shown; the least value at the upper edge
   */
  constructor(canvas, { span, ceiling }) {
    this.#canvas = canvas;
    this.#span = span;
    this.#ceiling = ceiling;
  }

  /**
   * @param {number} time seconds
   * @param {number} value 0 or more
   */
  add(time, value) {
    this.#points.push({ time, value });
    while (this.#points.length > 1 && this.#points[1].time < time - 2 * this.#span) this.#points.shift();
  }

  /** @param {number} now seconds: the time at the right edge */
  draw(now) {
    const context = prepare(this.#canvas);
    const { width, height } = this.#canvas;
    if (this.#points.length < 2) return;
    const ceiling = Math.max(this.#ceiling, ...this.#points.map(({ value }) => value));
    const toX = (/** @type {number} */ time) => width - ((now - time) / this.#span) * width;
    const line = new Path2D();
    for (const { time, value } of this.#points) {
      line.lineTo(toX(time), height - (value / ceiling) * (height - 4 * devicePixelRatio));
    }
    const area = new Path2D(line);
    area.lineTo(toX(this.#points[this.#points.length - 1].time), height);
    area.lineTo(toX(this.#points[0].time), height);
    const accent = cssColour('--accent');
    context.globalAlpha = 0.2;
    context.fillStyle = accent;
    context.fill(area);
    context.globalAlpha = 1;
    context.lineWidth = 1.5 * devicePixelRatio;
    context.strokeStyle = accent;
    context.stroke(line);
  }
}
