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
  return typeof Worker === 'undefined' ? 0 : navigator.hardwareConcurrency;
}

/**
 * @param {Worker} worker of a page
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function toHandle(worker, { onMessage, onFailure }) {
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onmessageerror = () => onFailure('a message could not be read');
  worker.onerror = (event) => {
    event.preventDefault();
    onFailure(event.message || 'its script could not be loaded');
  };
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    keepAlive() {},
    terminate: () => worker.terminate(),
  };
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
