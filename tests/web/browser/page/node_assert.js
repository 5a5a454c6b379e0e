// Stands for node:assert/strict where a test file of Node runs in a page; suite.test.js puts it there.

/** @param {unknown} condition @param {string} [message] */
function ok(condition, message = 'it is not true') {
  if (!condition) throw new Error(message);
}

/** @param {unknown} actual @param {unknown} expected @param {string} [message] */
function equal(actual, expected, message) {
  ok(Object.is(actual, expected), message ?? `${actual} instead of ${expected}`);
}

/** @param {any} actual @param {any} expected */
function deepEqual(actual, expected) {
  const path = findDifference(actual, expected);
  ok(path === undefined, `they differ at '${path}'`);
}

/**
 * @param {any} actual
 * @param {any} expected
 * @returns {string | undefined} where
 */
function findDifference(actual, expected) {
  if (Object.is(actual, expected)) return undefined;
  const areObjects = [actual, expected].every((value) => typeof value === 'object' && value !== null);
  if (!areObjects || Object.getPrototypeOf(actual) !== Object.getPrototypeOf(expected)) return '';
  const keys = Object.keys(actual);
  if (keys.length !== Object.keys(expected).length) return 'length';
  for (const key of keys) {
    const path = findDifference(actual[key], expected[key]);
    if (path !== undefined) return `${key}.${path}`;
  }
  return undefined;
}

/** @param {any} error @param {any} expected properties, or a RegExp for the text */
function matchError(error, expected) {
  if (expected instanceof RegExp) return ok(expected.test(String(error)), `${error} instead of ${expected}`);
  for (const [key, value] of Object.entries(expected ?? {})) {
    const matches = value instanceof RegExp ? value.test(error[key]) : Object.is(error[key], value);
    ok(matches, `${key} is ${error[key]} instead of ${value} (${error})`);
  }
}

const RESOLVED = Symbol('no error');

/** @param {() => unknown} operation @param {unknown} [expected] */
function throws(operation, expected) {
  let error;
  try {
    operation();
    error = RESOLVED;
  } catch (thrown) {
    error = thrown;
  }
  ok(error !== RESOLVED, 'nothing was thrown');
  matchError(error, expected);
}

/** @param {Promise<unknown> | (() => Promise<unknown>)} operation @param {unknown} [expected] */
async function rejects(operation, expected) {
  const promise = typeof operation === 'function' ? operation() : operation;
  const error = await promise.then(
    () => RESOLVED,
    (error) => error,
  );
  ok(error !== RESOLVED, 'it was not rejected');
  matchError(error, expected);
}

/** @param {string} text @param {RegExp} pattern */
function match(text, pattern) {
  ok(pattern.test(text), `'${text}' does not match ${pattern}`);
}

export default Object.assign(ok, { ok, equal, deepEqual, throws, rejects, match });
