import { SoundIndex } from '../../dist/node.js';
import { randomNumbers } from '../web/support/random_numbers.js';
import { measureByTurns } from './measure.js';
import { atMost, milliseconds } from './rows.js';

/** Embeddings in the index, and numbers in each, as of the built-in model. */
const SIZE = 1_000_000;
const DIMENSION = 64;

/** Milliseconds. */
const MOST = 100;

/**
 * Searches a million embeddings for the ten most like one, in one thread. They are no noise, of which all are as far from each
 * other, but lie around a thousand places, as sounds do.
 *
 * @param {number} rounds
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureSoundIndex(rounds) {
  const random = randomNumbers(1);
  const places = Array.from({ length: 1000 }, () =>
    Float64Array.from({ length: DIMENSION }, () => random() ** 2),
  );
  const index = new SoundIndex();
  const near = (/** @type {number} */ n) => {
    const place = places[n % places.length];
    return Float32Array.from(place, (value) => value + 0.5 * random());
  };
  for (let n = 0; n < SIZE; n++) index.add(n, near(n));
  const queries = places.map((_, n) => near(n));
  let next = 0;
  const search = () => index.search(queries[next++ % queries.length], { k: 10 });
  const timings = await measureByTurns({ search }, rounds);
  const row = atMost('a million embeddings of 64 numbers, the ten most alike, one thread', {
    value: timings.search.median,
    most: MOST,
    unit: milliseconds,
    detail: `${timings.search.lowerQuartile.toFixed(0)} to ${timings.search.upperQuartile.toFixed(0)} ms`,
  });
  return { rows: [row], timings, agreements: [] };
}
