// The side of `edgel3/inline`: as a page's, page.js, but what comes with this library is inside its script.

import workerScript from 'script:../engine/worker.js';
import wasm from '../../dist/edgel3.wasm';
import model from '../../models/sea64-sparse69.safetensors';
import { gunzip } from '../weights/gunzip.js';
import { openWorker, toScriptUrl } from './browser.js';
import { fetchBytes } from './fetch_bytes.js';

export { countProcessors, readPublished } from './browser.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { WorkerHandle, WorkerListeners } from './browser.js' */
/** @import { Asset } from './assets.js' */

/**
 * The relaxed build would make this file larger by a third, and the built-in model, which bounds what such a page
 * wants to compute, is not measurably faster with it.
 *
 * @type {Record<Exclude<Asset, 'edgel3-worker.js'>, string>}
 */
const ASSETS = {
  'edgel3.wasm': wasm,
  'edgel3-relaxed.wasm': wasm,
  'edgel3-model.safetensors': model,
};

const PROTOCOL = 'inline:';

/**
 * @param {keyof typeof ASSETS} name
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
export async function readSource(source, options) {
  if (typeof source === 'string' || source.protocol !== PROTOCOL) return fetchBytes(source, options);
  const name = /** @type {keyof typeof ASSETS} */ (source.pathname);
  // Not by fetch of a data: URL, which a Content-Security-Policy may forbid.
  const bytes = await gunzip(Uint8Array.from(atob(ASSETS[name]), (letter) => letter.charCodeAt(0)));
  return name === 'edgel3-model.safetensors' ? interleave(bytes) : bytes;
}

/**
 * @param {Uint8Array} halves all bytes of even places, then all of odd ones
 * @returns {Uint8Array<ArrayBuffer>} the bytes in their places
 */
function interleave(halves) {
  const half = Math.ceil(halves.length / 2);
  return Uint8Array.from(halves, (_, index) => halves[(index >> 1) + (index % 2) * half]);
}

/** @type {string | undefined} */
let workerUrl;

/**
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function startWorker(listeners) {
  workerUrl ??= toScriptUrl(workerScript);
  return openWorker(workerUrl, 'a Blob', listeners);
}
