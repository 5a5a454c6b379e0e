// The side of `edgel3/inline`: as a page's, ../platform.js, but what comes with this library is inside its one file.

import workerScript from 'script:../worker.js';
import wasm from '../../dist/edgel3.wasm';
import model from '../../models/sea64-sparse90.safetensors';
import { fetchBytes } from '../fetch_bytes.js';
import { gunzip } from '../gunzip.js';
import { toHandle } from '../page_worker.js';

export { readPublished } from '../unpublished.js';

/** @typedef {import('../fetch_bytes.js').TransferOptions} TransferOptions */
/** @typedef {import('../page_worker.js').WorkerHandle} WorkerHandle */
/** @typedef {import('../page_worker.js').WorkerListeners} WorkerListeners */
/** @typedef {import('../platform.js').Asset} Asset */

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

/**
 * By default everything runs in place: a page that cannot host a file may as well not be allowed to start a worker from
 * a Blob, and finds that out only when the worker fails.
 *
 * @returns {number}
 */
export function countProcessors() {
  return 0;
}

/**
 * @param {WorkerListeners} listeners
 * @returns {WorkerHandle}
 */
export function startWorker(listeners) {
  workerUrl ??= URL.createObjectURL(new Blob([workerScript], { type: 'text/javascript' }));
  return toHandle(new Worker(workerUrl), listeners);
}
