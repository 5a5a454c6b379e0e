import { mapOf, similarity } from 'edgel3/analysis';

/** @typedef {[number, number]} Place fractions of the width and the height of the map, from the left and from above */

/** Of a sound few are alike: more neighbours would draw the kinds into one heap. */
const NEIGHBOURS = 6;

/** Fractions of the map: how far the outermost dots are from the edge, and how far dots are from each other at least. */
const MARGIN = 0.09;
const LEAST_DISTANCE = 0.075;

/** How much of a place is its rank: it spreads heaps, and closes the gaps between them. */
const RANK = 0.6;

/** So many rounds of pushing dots apart suffice for some dozens. */
const ROUNDS = 60;

/** How many neighbours draw a new sound to where they are. */
const PULLING = 3;

/**
 * Places for sounds, so that those that are alike are close.
 *
 * @param {Float32Array[]} embeddings of length 1
 * @returns {Promise<Place[]>}
 */
export async function layOut(embeddings) {
  const points = await mapOf(embeddings, { neighbours: NEIGHBOURS });
  /** @type {Place[]} */
  const places = points.map(() => [0.5, 0.5]);
  for (const axis of [0, 1]) {
    const values = points.map((point) => point[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const ranks = values.map((value) => values.filter((other) => other < value).length);
    for (const [index, value] of values.entries()) {
      const fraction = (value - least) / (most - least || 1);
      const rank = ranks[index] / Math.max(1, values.length - 1);
      places[index][axis] = MARGIN + (1 - 2 * MARGIN) * (RANK * rank + (1 - RANK) * fraction);
    }
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, place] of places.entries()) {
      for (const other of places.slice(index + 1)) pushApart(place, other, true);
    }
  }
  return places.map(keepInside);
}

/**
 * A place for one sound more, amid those it is most like; the others stay where they are.
 *
 * @param {Float32Array} embedding
 * @param {{ embedding: Float32Array, place: Place }[]} others at least one
 * @returns {Place}
 */
export function placeAmong(embedding, others) {
  const nearest = others
    .map(({ embedding: other, place }) => ({ place, distance: 1 - similarity(embedding, other) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, PULLING)
    .map(({ place, distance }) => ({ place, weight: 1 / (distance + 1e-3) ** 2 }));
  const sum = nearest.reduce((total, { weight }) => total + weight, 0);
  /** @type {Place} */
  const own = [0, 0];
  for (const { place, weight } of nearest) {
    own[0] += (weight / sum) * place[0];
    own[1] += (weight / sum) * place[1];
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { place } of others) pushApart(own, place, false);
  }
  return keepInside(own);
}

/**
 * @param {Place} one is moved
 * @param {Place} other
 * @param {boolean} both whether the other is moved too
 */
function pushApart(one, other, both) {
  const [dx, dy] = [one[0] - other[0], one[1] - other[1]];
  const distance = Math.hypot(dx, dy);
  if (distance >= LEAST_DISTANCE) return;
  // In the same place any direction will do, but always the same one.
  const [x, y] = distance > 1e-6 ? [dx / distance, dy / distance] : [0.6, 0.8];
  const push = (LEAST_DISTANCE - distance) / (both ? 2 : 1);
  one[0] += push * x;
  one[1] += push * y;
  if (!both) return;
  other[0] -= push * x;
  other[1] -= push * y;
}

/** @param {Place} place @returns {Place} */
function keepInside([x, y]) {
  const inside = (/** @type {number} */ value) => Math.max(MARGIN / 2, Math.min(1 - MARGIN / 2, value));
  return [inside(x), inside(y)];
}
