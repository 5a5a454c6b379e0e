/**
 * @template T
 * @param {AsyncIterable<T> | Iterable<T>} items
 * @param {number} limit how many at once
 * @param {(item: T) => Promise<void>} action
 * @returns {Promise<void>} rejected with the first error of an action, when those under way are over too
 */
export async function forEachAtOnce(items, limit, action) {
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
  await Promise.all(Array.from({ length: limit }, () => work().catch(catchError)));
  if (errors.length > 0) throw errors[0];
}
