// The page's side of what differs between pages and Node; node/platform.js is the other.

import { toHandle } from './browser.js';
import { fetchBytes } from './fetch_bytes.js';

export { countProcessors, readPublished } from './browser.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { WorkerHandle, WorkerListeners } from './browser.js' */

/**
 * Where the files beside this library are. Bundlers find them by this very form; all three stand in the folder of
 * the built library, dist/.
 */
const ASSETS = {
  'edgel3.wasm': new URL('./edgel3.wasm', import.meta.url),
  'edgel3-relaxed.wasm': new URL('./edgel3-relaxed.wasm', import.meta.url),
  'edgel3-model.safetensors': new URL('./edgel3-model.safetensors', import.meta.url),
};

/** @typedef {keyof typeof ASSETS} Asset a file that comes with this library */

/**
 * @param {Asset} name
 * @returns {URL}
 */
export function locateAsset(name) {
  return ASSETS[name];
}

/**
 * @param {string | URL} source a URL, or one relative to the page
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function readSource(source, options) {
  return fetchBytes(source, options);
}

/**
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function startWorker(listeners) {
  return toHandle(new Worker(new URL('./edgel3-worker.js', import.meta.url), { type: 'module' }), listeners);
}
