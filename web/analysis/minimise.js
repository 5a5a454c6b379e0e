import { dot } from './vectors.js';

/**
 * A smooth function: writes its gradient at a point.
 *
 * @callback Differentiable
 * @param {Float64Array} point
 * @param {Float64Array} gradient written here
 * @returns {number} the value
 */

/** Steps of which the curvature is remembered. */
const MEMORY = 10;

/** More than convex functions of well-scaled parameters need. */
const MAX_STEPS = 2000;

/** Enough for more digits than anybody shows. */
const LARGEST_SLOPE = 1e-9;

/** Of Armijo's condition: a step must gain this part of what the slope promises. */
const SUFFICIENT = 1e-4;

/**
 * Finds the minimum of a convex function by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5) with
 * halved steps. Nothing in it is random.
 *
 * @param {Differentiable} evaluate
 * @param {number} size of a point; the search begins at zero
 * @returns {Float64Array} the point where no number of the gradient is above 1e-9, or where rounding hides the way down
 */
export function minimise(evaluate, size) {
  let point = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = evaluate(point, gradient);
  /** @type {{ step: Float64Array, change: Float64Array, scale: number }[]} */
  const memory = [];
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    if (gradient.every((slope) => Math.abs(slope) <= LARGEST_SLOPE)) break;
    const direction = descend(gradient, memory);
    const slope = dot(gradient, direction);
    const nextGradient = new Float64Array(size);
    let length = memory.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let next = point;
    let nextValue = Number.POSITIVE_INFINITY;
    for (; length > Number.EPSILON; length /= 2) {
      const scale = length;
      next = point.map((number, i) => number + scale * direction[i]);
      nextValue = evaluate(next, nextGradient);
      if (nextValue <= value + SUFFICIENT * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const step = next.map((number, i) => number - point[i]);
    const change = nextGradient.map((number, i) => number - gradient[i]);
    const curvature = dot(step, change);
    if (curvature > 0) {
      memory.push({ step, change, scale: 1 / curvature });
      if (memory.length > MEMORY) memory.shift();
    }
    point = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return point;
}

/**
 * @param {Float64Array} gradient
 * @param {{ step: Float64Array, change: Float64Array, scale: number }[]} memory
 * @returns {Float64Array} where the function is expected to fall fastest, by its curvature along earlier steps
 */
function descend(gradient, memory) {
  const direction = gradient.map((slope) => -slope);
  const factors = memory.map(() => 0);
  for (let i = memory.length - 1; i >= 0; i--) {
    const { step, change, scale } = memory[i];
    factors[i] = scale * dot(step, direction);
    for (let j = 0; j < direction.length; j++) direction[j] -= factors[i] * change[j];
  }
  const last = memory.at(-1);
  if (last) {
    const size = 1 / (last.scale * dot(last.change, last.change));
    for (let j = 0; j < direction.length; j++) direction[j] *= size;
  }
  for (const [i, { step, change, scale }] of memory.entries()) {
    const factor = factors[i] - scale * dot(change, direction);
    for (let j = 0; j < direction.length; j++) direction[j] += factor * step[j];
  }
  return direction;
}
