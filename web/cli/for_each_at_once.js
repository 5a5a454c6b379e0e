/**
 * Does something with each file. Two more than there are jobs are under way: one is read, and what became of another one is put
 * in its place, while the others are computed, so that no worker waits for a disk.
 *
 * @template T
 * @param {AsyncIterable<T> | Iterable<T>} items
 * @param {number} jobs files that are computed at once
 * @param {(item: T) => Promise<void>} action
 * @returns {Promise<void>} rejected with the first error of an action, when those under way are over too
 */
export async function forEachAtOnce(items, jobs, action) {
  const all = (async function* () {
    yield* items;
  })();
  /** @type {unknown[]} */
  const errors = [];
  const work = async () => {
    while (errors.length === 0) {
      const { done, value } = await all.next();
      if (done) return;
      await action(value);
    }
  };
  const catchError = (/** @type {unknown} */ error) => errors.push(error);
  await Promise.all(Array.from({ length: jobs + 2 }, () => work().catch(catchError)));
  if (errors.length > 0) throw errors[0];
}
