import { dot } from './vectors.js';

/**
 * Groups vectors of which each has a cosine of at least `threshold` with another one of its group.
 *
 * Equal vectors are found without comparing them. The others are sorted by the one number that varies most: vectors of
 * length 1 with that cosine are no farther apart than the square root of 2 - 2 threshold, and so are their numbers.
 *
 * @param {Float32Array[]} vectors all zeros are like nothing but each other
 * @param {number} threshold above 0, up to 1
 * @returns {number[][]} groups of at least two, and in them the indices, in rising order
 */
export function groupAlike(vectors, threshold) {
  const groups = new Groups(vectors.length);
  const { distinct, unit } = mergeEqual(vectors, groups);
  const axis = axisOfMostVariance(unit);
  const order = Array.from(distinct, (_, at) => at).sort((a, b) => unit[a][axis] - unit[b][axis]);
  // Rounding shall neither lose a pair nor make equal directions differ.
  const tolerance = 1e-9;
  const reach = Math.sqrt(2 - 2 * threshold) + tolerance;
  for (const [place, one] of order.entries()) {
    for (let next = place + 1; next < order.length; next++) {
      const other = order[next];
      if (unit[other][axis] - unit[one][axis] > reach) break;
      if (groups.find(distinct[one]) === groups.find(distinct[other])) continue;
      if (dot(unit[one], unit[other]) >= threshold - tolerance) groups.join(distinct[one], distinct[other]);
    }
  }
  return groups.list();
}

/**
 * @param {Float32Array[]} vectors
 * @param {Groups} groups in which equal vectors are joined
 * @returns {{ distinct: number[], unit: Float64Array[] }} the first of each kind that is not all zeros, and its direction
 */
function mergeEqual(vectors, groups) {
  /** @type {Map<string, number>} */
  const known = new Map();
  const distinct = [];
  const unit = [];
  for (const [index, vector] of vectors.entries()) {
    const key = new Uint16Array(vector.slice().buffer);
    const text = String.fromCharCode(...key);
    const first = known.get(text);
    if (first !== undefined) {
      groups.join(first, index);
      continue;
    }
    known.set(text, index);
    const length = Math.sqrt(dot(vector, vector));
    if (length === 0) continue;
    distinct.push(index);
    unit.push(Float64Array.from(vector, (value) => value / length));
  }
  return { distinct, unit };
}

/** @param {Float64Array[]} vectors */
function axisOfMostVariance(vectors) {
  if (vectors.length === 0) return 0;
  const sums = new Float64Array(vectors[0].length);
  const squares = new Float64Array(sums.length);
  for (const vector of vectors) {
    for (let i = 0; i < sums.length; i++) {
      sums[i] += vector[i];
      squares[i] += vector[i] ** 2;
    }
  }
  const variances = squares.map((square, i) => square / vectors.length - (sums[i] / vectors.length) ** 2);
  return variances.indexOf(Math.max(...variances));
}

/** Disjoint sets of the numbers from 0 on. */
class Groups {
  #parents;

  /** @param {number} count */
  constructor(count) {
    this.#parents = Int32Array.from({ length: count }, (_, index) => index);
  }

  /** @param {number} index @returns {number} the least of its set */
  find(index) {
    const parents = this.#parents;
    while (parents[index] !== index) {
      parents[index] = parents[parents[index]];
      index = parents[index];
    }
    return index;
  }

  /** @param {number} a @param {number} b */
  join(a, b) {
    const [first, second] = [this.find(a), this.find(b)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }

  /** @returns {number[][]} the sets of more than one */
  list() {
    /** @type {Map<number, number[]>} */
    const members = new Map();
    for (let index = 0; index < this.#parents.length; index++) {
      const root = this.find(index);
      const group = members.get(root);
      if (group) group.push(index);
      else members.set(root, [index]);
    }
    return [...members.values()].filter(({ length }) => length > 1);
  }
}
