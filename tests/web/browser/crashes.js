/** What the drivers say when a page is gone, and what `withinLimit` says. */
const CRASH = /page crash or hang|Could not parse script result|unknown error: $/;

/** Milliseconds; a page may have much to compute on a busy machine. */
const LIMIT = 300_000;

/**
 * Gives a page up that does not answer.
 *
 * @template T
 * @param {Promise<T>} answer
 * @param {string} what it is asked for
 * @returns {Promise<T>}
 */
export async function withinLimit(answer, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const end = new Promise((_, reject) => {
    const minutes = LIMIT / 60_000;
    const error = new Error(`page crash or hang: for ${minutes} minutes there was no answer to ${what}`);
    timer = setTimeout(reject, LIMIT, error);
  });
  return Promise.race([answer, end]).finally(() => clearTimeout(timer));
}

/** How often a test is begun at most. */
const RUNS = 3;

/**
 * A test that is begun anew if the engine itself crashed or hung: WebKitGTK 2.50.6 does (a trap in its own main
 * thread), in about one of two hundred runs of live sound, once even twice in a row.
 *
 * @param {(t: import('node:test').TestContext) => Promise<void>} run
 * @returns {(t: import('node:test').TestContext) => Promise<void>}
 */
export function againAfterCrash(run) {
  return async (t) => {
    for (let left = RUNS - 1; ; --left) {
      try {
        return await run(t);
      } catch (error) {
        const { message } = /** @type {Error} */ (error);
        if (left === 0 || !CRASH.test(message)) throw error;
        t.diagnostic(`The engine crashed (${message}); once more.`);
      }
    }
  };
}
