import { throwIfAborted } from '../common/abort.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { CALLBACK, readOptions, SIGNAL } from '../common/options.js';
import { principalComponents } from './principal_components.js';
import { toRows } from './rows.js';
import { l2Normalize } from './vectors.js';

/** @import { Embeddings } from './rows.js' */

/**
 * How a map is laid out.
 *
 * @typedef {object} MapOptions
 * @property {number} [neighbours] how many of the nearest each embedding is kept close to: few show detail, many the
 *   whole; default 15
 * @property {number} [seed] another one gives another map of the same; default 1
 * @property {(progress: { done: number, total: number }) => void} [onProgress] in steps of the layout
 * @property {AbortSignal} [signal] ends it with the error `aborted`
 */

const MAP_KINDS = {
  neighbours: {
    expected: 'a whole number from 2',
    isValid: (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) > 1,
  },
  seed: { expected: 'a whole number', isValid: Number.isInteger },
  onProgress: CALLBACK,
  signal: SIGNAL,
};

/** The library's own for few points; more of them need fewer. */
const STEPS = { few: 500, many: 200 };
const MANY = 10_000;

/** UMAP needs some neighbours to speak of. */
const FEWEST_POINTS = 5;

/**
 * Lays embeddings out on a plane so that those that sound alike are close (UMAP over cosine distances). The same
 * embeddings, seed and engine always give the same map. Fewer than five embeddings get their principal components.
 *
 * @param {Embeddings} embeddings T of them
 * @param {MapOptions} [options]
 * @returns {Promise<[number, number][]>} T points, in no unit
 * @throws {EdgeL3Error} embedding_invalid, option_invalid, aborted
 */
export async function mapOf(embeddings, options) {
  const { neighbours = 15, seed = 1, onProgress, signal } = readOptions(options, MAP_KINDS);
  throwIfAborted(signal);
  const rows = toRows(embeddings);
  if (rows.length < FEWEST_POINTS || rows.every((row) => row.every((value, i) => value === rows[0][i]))) {
    return principalComponents(rows);
  }
  // It is large, and not everybody draws maps.
  const { UMAP } = await import('./umap_library.js');
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(neighbours, rows.length - 1),
    nEpochs: rows.length > MANY ? STEPS.many : STEPS.few,
    random: randomNumbers(seed),
  });
  // Between vectors of length 1 the Euclidean distance, which the library takes, grows with the cosine distance.
  const total = umap.initializeFit(rows.map((row) => Array.from(l2Normalize(row))));
  for (let done = 0; done < total; done++) {
    umap.step();
    if (done % 20 > 0) continue;
    onProgress?.({ done, total });
    await yieldToEventLoop();
    throwIfAborted(signal);
  }
  return umap.getEmbedding().map(([x, y]) => [x, y]);
}

/**
 * Mulberry32, a generator of reproducible numbers.
 *
 * @param {number} seed
 * @returns {() => number} from 0 to less than 1
 */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
