/** @import { SoundClass } from '../demo/teach/examples.js' */

/** How many of the most similar windows vote. */
const NEIGHBOURS = 7;

/**
 * Which class a window is of, by its nearest neighbours among the examples.
 *
 * @param {SoundClass[]} classes
 * @param {Float32Array} vector of length 1
 * @returns {number[]} the share of the votes of each class; all 0 if there are no examples
 */
export function classify(classes, vector) {
  const neighbours = classes.flatMap(({ recordings }, label) =>
    recordings.flatMap(({ vectors }) => vectors.map((other) => ({ label, likeness: dot(vector, other) }))),
  );
  neighbours.sort((a, b) => b.likeness - a.likeness);
  const voters = neighbours.slice(0, NEIGHBOURS);
  return classes.map((_, index) => {
    const votes = voters.filter(({ label }) => label === index).length;
    return voters.length === 0 ? 0 : votes / voters.length;
  });
}

/** @param {Float32Array} a @param {Float32Array} b */
function dot(a, b) {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index];
  return sum;
}
