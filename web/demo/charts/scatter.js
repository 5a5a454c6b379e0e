import { prepare } from './canvas.js';

/** CSS pixels. */
const MARGIN = 14;
const RADIUS = 3.5;
const CHOSEN_RADIUS = 7;

/** @typedef {{ x: number, y: number, colour: string }} Point in any unit */

/** Points on a plane, one of which may be chosen. */
export class Scatter {
  #canvas;
  /** @type {Point[]} */
  #points = [];

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(index: number) => void} onChoose
   */
  constructor(canvas, onChoose) {
    this.#canvas = canvas;
    canvas.addEventListener('click', ({ offsetX, offsetY }) => {
      const places = this.#places(canvas.clientWidth, canvas.clientHeight, MARGIN);
      const distances = places.map(([x, y]) => Math.hypot(x - offsetX, y - offsetY));
      const nearest = distances.indexOf(Math.min(...distances));
      if (nearest >= 0) onChoose(nearest);
    });
  }

  /** @param {Point[]} points */
  show(points) {
    this.#points = points;
  }

  /** @param {number} chosen index of a point */
  draw(chosen) {
    const context = prepare(this.#canvas);
    const { width, height } = this.#canvas;
    const places = this.#places(width, height, MARGIN * devicePixelRatio);
    context.globalAlpha = 0.75;
    for (const [index, [x, y]] of places.entries()) {
      const radius = index === chosen ? CHOSEN_RADIUS : RADIUS;
      context.beginPath();
      context.arc(x, y, radius * devicePixelRatio, 0, 2 * Math.PI);
      context.fillStyle = this.#points[index].colour;
      context.fill();
    }
  }

  /**
   * Where the points are on a plane of this size; the same scale in both directions.
   *
   * @param {number} width
   * @param {number} height
   * @param {number} margin
   * @returns {[number, number][]}
   */
  #places(width, height, margin) {
    const [xs, ys] = [this.#points.map(({ x }) => x), this.#points.map(({ y }) => y)];
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const scale = Math.min(
      (width - 2 * margin) / (right - left || 1),
      (height - 2 * margin) / (high - low || 1),
    );
    return this.#points.map(({ x, y }) => [
      width / 2 + (x - (left + right) / 2) * scale,
      height / 2 - (y - (low + high) / 2) * scale,
    ]);
  }
}
