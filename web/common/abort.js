import { EdgeL3Error } from './errors.js';

/** @typedef {(error: EdgeL3Error) => void} AbortListener */

/** @type {WeakMap<AbortSignal, Set<AbortListener>>} */
const listenersOf = new WeakMap();

/**
 * @param {unknown} value
 * @returns {value is AbortSignal} whether it is one, also of another window or test runner: its tag says so
 */
export function isAbortSignal(value) {
  return (
    Object.prototype.toString.call(value) === '[object AbortSignal]' &&
    typeof (/** @type {AbortSignal} */ (value).addEventListener) === 'function'
  );
}

/**
 * The signal for a function of the host, which knows no signal of another window.
 *
 * @param {AbortSignal | undefined} signal
 * @returns {AbortSignal | undefined}
 */
export function hostSignal(signal) {
  const isOwn = /** @type {unknown} */ (signal) instanceof AbortSignal;
  if (!signal || isOwn) return signal;
  const controller = new AbortController();
  if (signal.aborted) controller.abort();
  else onAbort(signal, () => controller.abort());
  return controller.signal;
}

/**
 * Calls the listener when the signal aborts. However many listen, the signal has one listener of its own, because Node
 * warns of more than ten.
 *
 * @param {AbortSignal | undefined} signal not aborted so far: the listener is never called for what lies in the past
 * @param {AbortListener} listener
 * @returns {() => void} makes the listener deaf to the signal
 */
export function onAbort(signal, listener) {
  if (!signal) return () => {};
  const listeners = listenersOf.get(signal) ?? new Set();
  if (!listenersOf.has(signal)) {
    listenersOf.set(signal, listeners);
    signal.addEventListener('abort', () => {
      for (const listener of listeners) listener(abortError(signal));
    });
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Throws `aborted` once the caller's AbortSignal has fired.
 *
 * @param {AbortSignal | undefined} signal
 */
export function throwIfAborted(signal) {
  if (signal?.aborted) throw abortError(signal);
}

/**
 * The promise's outcome, or `aborted` as soon as the caller's AbortSignal fires.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 */
export function orAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(abortError(signal));
    const stopListening = onAbort(signal, reject);
    promise.then(resolve, reject).finally(stopListening);
  });
}

/** @param {AbortSignal} signal that has fired */
function abortError(signal) {
  return new EdgeL3Error('aborted', 'The caller aborted the operation.', signal.reason);
}
