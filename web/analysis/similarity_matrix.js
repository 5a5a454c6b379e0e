import { l2Normalize } from 'edgel3';

/** More could not be told apart on a screen. */
const MAX_SIDE = 400;

/**
 * How alike all windows of a sound are to each other.
 *
 * @param {Float32Array[]} embeddings
 * @returns {{ side: number, levels: Float32Array }} side x side numbers from 0 (the least alike) to 1; of a long sound
 *   only some windows, evenly spaced
 */
export function similarityMatrix(embeddings) {
  const side = Math.min(MAX_SIDE, embeddings.length);
  const rows = Array.from({ length: side }, (_, index) => {
    return l2Normalize(embeddings[Math.floor((index * embeddings.length) / side)]);
  });
  const levels = new Float32Array(side * side);
  for (let a = 0; a < side; a++) {
    for (let b = 0; b <= a; b++) {
      const cosine = rows[a].reduce((sum, value, index) => sum + value * rows[b][index], 0);
      levels[a * side + b] = cosine;
      levels[b * side + a] = cosine;
    }
  }
  const least = levels.reduce((least, level) => Math.min(least, level), 1);
  return { side, levels: levels.map((level) => (level - least) / (1 - least || 1)) };
}
