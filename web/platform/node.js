// Node's side of what differs between pages and Node; ../platform.js is the page's.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { readFileBytes } from '../files/read_file.js';
import { fetchBytes } from './fetch_bytes.js';

export { readPublished } from '../published/cache.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { Asset } from './page.js' */
/** @import { WorkerHandle, WorkerListeners } from './browser.js' */

/**
 * @param {Asset} name
 * @returns {URL}
 */
export function locateAsset(name) {
  // Relative to the bundle dist/node.js, of which this module becomes a part.
  return new URL(`./${name}`, import.meta.url);
}

/**
 * @param {string | URL} source a path, or a URL of http:, https: or file:
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function readSource(source, options) {
  if (/^https?:/.test(String(source))) return fetchBytes(source, options);
  return readFileBytes(/^file:/.test(String(source)) ? new URL(source) : source);
}

/** @returns {number} how many workers can be at work at once */
export function countProcessors() {
  return availableParallelism();
}

/**
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function startWorker({ onMessage, onFailure }) {
  // Without the flags of this process: some, such as --input-type, are refused for a file.
  const worker = new Worker(new URL('./node_worker.js', import.meta.url), { execArgv: [] });
  worker.on('message', onMessage);
  worker.on('messageerror', ({ message }) => onFailure(message));
  worker.on('error', ({ message }) => onFailure(message));
  worker.on('exit', (code) => onFailure(`it ended with exit code ${code}`));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    keepAlive: (isNeeded) => (isNeeded ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}
