// Stands for node:test where a test file of Node runs in a page; suite.test.js puts it there.

/** @typedef {{ diagnostic: () => void, after: (f: () => unknown) => void, mock: { method: typeof mockMethod } }} Context */
/** @typedef {(context: Context) => unknown} TestFunction */

/** @type {{ name: string, run: TestFunction }[]} */
const tests = [];
/** @type {Record<'before' | 'after' | 'afterEach', (() => unknown)[]>} */
const hooks = { before: [], after: [], afterEach: [] };

/** @param {string} name @param {TestFunction} run */
export const test = (name, run) => tests.push({ name, run });
/** @param {() => unknown} hook */
export const before = (hook) => hooks.before.push(hook);
/** @param {() => unknown} hook */
export const after = (hook) => hooks.after.push(hook);
/** @param {() => unknown} hook */
export const afterEach = (hook) => hooks.afterEach.push(hook);

/** @param {any} object @param {string} name @param {(...args: any[]) => unknown} implementation */
function mockMethod(object, name, implementation) {
  const original = object[name];
  /** @type {{ arguments: unknown[] }[]} */
  const calls = [];
  object[name] = (/** @type {unknown[]} */ ...args) => {
    calls.push({ arguments: args });
    return implementation(...args);
  };
  cleanUp.push(() => {
    object[name] = original;
  });
  return { mock: { calls, callCount: () => calls.length } };
}

/** @type {(() => unknown)[]} what is to be done after the test at hand */
let cleanUp = [];

/** @returns {Promise<{ name: string, error: string | null }[]>} of all tests of the file */
async function runTests() {
  const results = [];
  for (const hook of hooks.before) await hook();
  for (const { name, run } of tests) {
    cleanUp = [];
    const context = {
      diagnostic() {},
      after: (/** @type {() => unknown} */ f) => cleanUp.push(f),
      mock: { method: mockMethod },
    };
    let error = null;
    try {
      await run(/** @type {any} */ (context));
    } catch (failure) {
      const { message, stack } = /** @type {Error} */ (failure);
      error = `${message}\n${stack}`;
    }
    for (const f of [...cleanUp, ...hooks.afterEach]) await f();
    results.push({ name, error });
  }
  for (const hook of hooks.after) await hook();
  return results;
}

Object.assign(globalThis, { runTests });
