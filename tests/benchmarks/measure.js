/**
 * Milliseconds of one task.
 *
 * @typedef {object} Timing
 * @property {number} median
 * @property {number} lowerQuartile
 * @property {number} upperQuartile
 * @property {number} runs
 */

/** A task runs so often and so long before it is timed, but not longer than that. */
const WARM_UP_RUNS = 3;
const WARM_UP_MILLISECONDS = 500;
const MOST_WARM_UP_MILLISECONDS = 2000;

/**
 * Times tasks by turns, A B C A B C, so that whatever else the machine does meets all of them alike. Before that each
 * runs until V8 has optimised it.
 *
 * @template {string} Name
 * @param {Record<Name, () => unknown>} tasks what they return is awaited
 * @param {number} rounds
 * @returns {Promise<Record<Name, Timing>>}
 */
export async function measureByTurns(tasks, rounds) {
  const names = /** @type {Name[]} */ (Object.keys(tasks));
  for (const name of names) {
    const begin = performance.now();
    for (let run = 0, spent = 0; run < WARM_UP_RUNS || spent < WARM_UP_MILLISECONDS; run++) {
      if (spent > MOST_WARM_UP_MILLISECONDS) break;
      await tasks[name]();
      spent = performance.now() - begin;
    }
  }
  const times = new Map(names.map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, list] of times) {
      const begin = performance.now();
      await tasks[name]();
      list.push(performance.now() - begin);
    }
  }
  return /** @type {Record<Name, Timing>} */ (
    Object.fromEntries([...times].map(([name, list]) => [name, summarise(list)]))
  );
}

/**
 * @param {number[]} milliseconds
 * @returns {Timing}
 */
export function summarise(milliseconds) {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const quantile = (/** @type {number} */ share) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.ceil(place);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return {
    median: quantile(0.5),
    lowerQuartile: quantile(0.25),
    upperQuartile: quantile(0.75),
    runs: sorted.length,
  };
}
