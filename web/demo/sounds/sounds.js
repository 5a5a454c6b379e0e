import { BACKGROUNDS } from './background.js';
import { KINDS } from './kinds.js';
import { finish, RATE, randomNumbers } from './synthesis.js';

/** @typedef {{ samples: Float32Array, sampleRate: number }} Sound mono; Hz */
/** @typedef {{ name: string, kind: string, create: () => Sound }} ShippedSound `create` takes some milliseconds */

const SECONDS = 2;
const EACH = 3;

/** The sounds of the map: made when they are needed, the same on every device. */
export const SHIPPED_SOUNDS = Object.entries(KINDS).flatMap(([kind, generate], row) =>
  list(kind, generate, 1000 * (row + 1)),
);

/** What is nothing in particular. */
export const BACKGROUND_SOUNDS = Object.entries(BACKGROUNDS).flatMap(([kind, generate], row) =>
  list(kind, generate, 100_000 + 1000 * row),
);

/**
 * @param {string} kind
 * @param {import('./kinds.js').Generator} generate
 * @param {number} seed
 * @returns {ShippedSound[]}
 */
function list(kind, generate, seed) {
  return Array.from({ length: EACH }, (_, index) => ({
    name: `${kind} ${index + 1}`,
    kind,
    create: () => ({
      samples: finish(generate(randomNumbers(seed + index), SECONDS * RATE)),
      sampleRate: RATE,
    }),
  }));
}
