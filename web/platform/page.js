// The page's side of what differs between pages and Node; node.js is the other.

import { locateAsset } from './assets.js';
import { openWorker, toScriptUrl } from './browser.js';
import { fetchBytes } from './fetch_bytes.js';

export { locateAsset } from './assets.js';
export { countProcessors, readPublished } from './browser.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { WorkerHandle, WorkerListeners } from './browser.js' */

/**
 * @param {string | URL} source a URL, or one relative to the page
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function readSource(source, options) {
  return fetchBytes(source, options);
}

/** @type {string | undefined} */
let importingUrl;

/**
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function startWorker(listeners) {
  // Next's URLs of assets are without an origin; some hosts that have workers have no address.
  const url = new URL(locateAsset('edgel3-worker.js'), globalThis.location?.href);
  if (!isForeign(url)) return openWorker(url, url, listeners);
  // A worker's script must be of the page's own origin, but may bring in others.
  importingUrl ??= toScriptUrl(`importScripts(${JSON.stringify(url)});`);
  return openWorker(importingUrl, url, listeners);
}

/** @param {URL} url whether a worker of this page cannot begin there */
function isForeign({ protocol, origin }) {
  return protocol !== 'data:' && protocol !== 'blob:' && origin !== globalThis.origin;
}
