// The side of `edgel3/inline`: as a page's, ../platform.js, but what comes with this library is inside its one file.

import workerScript from 'script:../engine/worker.js';
import wasm from '../../dist/edgel3.wasm';
import model from '../../models/sea64-sparse90.safetensors';
import { gunzip } from '../weights/gunzip.js';
import { countProcessors as countPageProcessors, toHandle } from './browser.js';
import { fetchBytes } from './fetch_bytes.js';

export { readPublished } from './browser.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { WorkerHandle, WorkerListeners } from './browser.js' */
/** @import { Asset } from './page.js' */

/**
 * The relaxed build would make this file larger by a third, and the built-in model, which bounds what such a page
 * wants to compute, is not measurably faster with it.
 *
 * @type {Record<Asset, string>}
 */
const ASSETS = {
  'edgel3.wasm': wasm,
  'edgel3-relaxed.wasm': wasm,
  'edgel3-model.safetensors': model,
};

const PROTOCOL = 'inline:';

/**
 * @param {Asset} name
 * @returns {URL} for readSource only
 */
export function locateAsset(name) {
  return new URL(PROTOCOL + name);
}

/**
 * @param {string | URL} source what locateAsset gave, a URL, or one relative to the page
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function readSource(source, options) {
  if (source instanceof URL && source.protocol === PROTOCOL) {
    const text = ASSETS[/** @type {Asset} */ (source.pathname)];
    // Not by fetch of a data: URL, which a Content-Security-Policy may forbid.
    return gunzip(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  }
  return fetchBytes(source, options);
}

/** @type {string | undefined} */
let workerUrl;

/** @type {Promise<boolean> | undefined} */
let workersAllowed;

/**
 * @returns {Promise<number>} how many workers can be at work at once: none where a Content-Security-Policy forbids
 *   those from a Blob, which is known only when one was tried
 */
export async function countProcessors() {
  const count = countPageProcessors();
  if (count === 0) return 0;
  workersAllowed ??= tryWorker();
  return (await workersAllowed) ? count : 0;
}

/** @returns {Promise<boolean>} */
async function tryWorker() {
  const url = toScriptUrl('postMessage(0)');
  try {
    const worker = new Worker(url);
    return await new Promise((resolve) => {
      worker.onmessage = () => resolve(true);
      worker.onerror = () => resolve(false);
    }).finally(() => worker.terminate());
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function startWorker(listeners) {
  workerUrl ??= toScriptUrl(workerScript);
  return toHandle(new Worker(workerUrl), listeners);
}

/** @param {string} script */
function toScriptUrl(script) {
  return URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
}
