// Node's side of what differs between pages and Node; page.js is the other.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EdgeL3Error } from '../common/errors.js';
import { isThere } from '../files/is_there.js';
import { readFileBytes } from '../files/read_file.js';
import { savedModelFolder } from '../weights/foreign_files.js';
import { locateAsset as toUrl } from './assets.js';
import { fetchBytes } from './fetch_bytes.js';

export { readPublished } from '../published/cache.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { Asset } from './assets.js' */
/** @import { WorkerHandle, WorkerListeners } from './browser.js' */

/** Where Next serves assets: a path of the site, not of its server's files. */
const NEXT_ASSETS = '/_next/';

/**
 * @param {Asset} name
 * @returns {URL}
 * @throws {EdgeL3Error} file_not_found
 */
export function locateAsset(name) {
  const url = toUrl(name);
  if (!String(url).startsWith(NEXT_ASSETS)) return url;
  throw new EdgeL3Error(
    'file_not_found',
    `webpack, as Next runs it, took this library away from ${name}: put "serverExternalPackages: ['edgel3']" into next.config.js.`,
  );
}

/**
 * @param {string | URL} source a path, or a URL of http:, https: or file:
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function readSource(source, options) {
  if (/^https?:/.test(String(source))) return fetchBytes(source, options);
  const path = /^file:/.test(String(source)) ? fileURLToPath(source) : String(source);
  return readFileBytes(path).catch(async (error) => {
    if (await isThere(join(path, 'saved_model.pb'))) throw savedModelFolder(path, error);
    throw error;
  });
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
  // Not by an import: bundlers (webpack, Turbopack) would see a Worker, whose script they take for a program to bundle, while
  // it is a file to copy.
  const threads = process.getBuiltinModule('node:worker_threads');
  // Without the flags of this process: some, such as --input-type, are refused for a file.
  const url = locateAsset('edgel3-worker.js');
  const fail = (/** @type {string} */ reason) => onFailure(`${url}: ${reason}`);
  const worker = new threads.Worker(url, { execArgv: [] });
  worker.on('message', onMessage);
  worker.on('messageerror', ({ message }) => fail(message));
  worker.on('error', ({ message }) => fail(message));
  worker.on('exit', (code) => fail(`it ended with exit code ${code}`));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    keepAlive: (isNeeded) => (isNeeded ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  };
}
