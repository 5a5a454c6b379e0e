import { EdgeL3Error } from '../common/errors.js';

/**
 * A worker as WorkerClient uses it; pages and Node have each their own.
 *
 * @typedef {object} WorkerHandle
 * @property {(message: unknown, transfer: ArrayBuffer[]) => void} post
 * @property {(isNeeded: boolean) => void} keepAlive whether Node must not end while this worker is there
 * @property {() => void} terminate
 */

/**
 * @typedef {object} WorkerListeners
 * @property {(message: unknown) => void} onMessage
 * @property {(reason: string) => void} onFailure the worker is of no use any more
 */

/** @returns {number} how many workers can be at work at once: none where there are none, as in a service worker */
export function countProcessors() {
  // Not every browser says how many processors there are, and not every host that has workers has a navigator.
  return typeof Worker === 'undefined' ? 0 : (globalThis.navigator?.hardwareConcurrency ?? 1);
}

/**
 * @param {string | URL} url of the script that the worker begins with
 * @param {string | URL} name of where its code comes from, for errors
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 * @throws {EdgeL3Error} worker_failed
 */
export function openWorker(url, name, { onMessage, onFailure }) {
  const worker = createWorker(url, name);
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onmessageerror = () => onFailure(`${name}: a message could not be read`);
  worker.onerror = (event) => {
    event.preventDefault();
    onFailure(`${name}: ${event.message || 'it could not be loaded as the script of a worker'}`);
  };
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    keepAlive() {},
    terminate: () => worker.terminate(),
  };
}

/**
 * @param {string | URL} url
 * @param {string | URL} name
 */
function createWorker(url, name) {
  try {
    return new Worker(url);
  } catch (cause) {
    throw new EdgeL3Error('worker_failed', `the page may not start one from ${name} (${cause})`, cause);
  }
}

/**
 * @param {string} script
 * @returns {string} a URL of it, which lasts as long as the page
 */
export function toScriptUrl(script) {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}

/**
 * Where there is no folder of published models: in a page.
 *
 * @param {string} name a published model
 * @returns {Promise<never>}
 * @throws {EdgeL3Error} model_not_found
 */
export async function readPublished(name) {
  throw new EdgeL3Error(
    'model_not_found',
    `A page has no folder of models: give the file ${name}.h5.gz, or what convertModel makes of it, as 'source'.`,
  );
}
