/** What the drivers say when a page is gone. */
const CRASH = /page crash or hang|Could not parse script result/;

/**
 * A test that is begun anew, once, if the engine itself crashed: WebKitGTK 2.50.6 does (a trap in its own main thread),
 * in about one of two hundred runs of live sound.
 *
 * @param {(t: import('node:test').TestContext) => Promise<void>} run
 * @returns {(t: import('node:test').TestContext) => Promise<void>}
 */
export function againAfterCrash(run) {
  return async (t) => {
    try {
      await run(t);
    } catch (error) {
      if (!CRASH.test(/** @type {Error} */ (error).message)) throw error;
      t.diagnostic(`The engine crashed (${/** @type {Error} */ (error).message}); once more.`);
      await run(t);
    }
  };
}
