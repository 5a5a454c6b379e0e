import { prepare } from './canvas.js';
import { isDark } from './colours.js';

/** @typedef {{ start: number, end: number, label: string | null }} Stretch seconds */

/** CSS pixels from a stretch's left edge to its name. */
const INSET = 4;

/** Names that scroll, aligned with a HeatTimeline of the same span. Its memory does not grow. */
export class LabelTimeline {
  #canvas;
  #span;
  /** @type {Stretch[]} */
  #stretches = [];
  /** @type {string[]} those that came, in their order: each has a colour */
  #known = [];

  /** @param {HTMLCanvasElement} canvas @param {number} span seconds that are shown */
  constructor(canvas, span) {
    this.#canvas = canvas;
    this.#span = span;
  }

  /**
   * @param {number} start seconds
   * @param {number} end seconds
   * @param {string | null} label null: nothing that has a name
   */
  add(start, end, label) {
    const last = this.#stretches.at(-1);
    if (last && last.label === label) last.end = end;
    else this.#stretches.push({ start, end, label });
    while (this.#stretches[0].end < end - 2 * this.#span) this.#stretches.shift();
    if (label !== null && !this.#known.includes(label)) this.#known.push(label);
  }

  /** @param {number} now seconds: the time at the right edge */
  draw(now) {
    const context = prepare(this.#canvas);
    const { width, height } = this.#canvas;
    const toX = (/** @type {number} */ time) => width - ((now - time) / this.#span) * width;
    context.font = `600 ${14 * devicePixelRatio}px system-ui, sans-serif`;
    context.textBaseline = 'middle';
    for (const { start, end, label } of this.#stretches) {
      if (label === null) continue;
      const hue = (200 + 137.5 * this.#known.indexOf(label)) % 360;
      const [left, right] = [Math.max(0, toX(start)), toX(end)];
      if (right <= 0) continue;
      context.fillStyle = `hsl(${hue} 55% ${isDark() ? 28 : 85}%)`;
      context.fillRect(left, 0, right - left, height);
      context.fillStyle = `hsl(${hue} 80% ${isDark() ? 85 : 22}%)`;
      context.save();
      context.beginPath();
      context.rect(left, 0, right - left, height);
      context.clip();
      context.fillText(label, left + INSET * devicePixelRatio, height / 2);
      context.restore();
    }
  }
}
