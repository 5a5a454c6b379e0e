import { throwIfAborted } from './abort.js';
import { EdgeL3Error } from './errors.js';

/** @typedef {{ stage: 'load' | 'embed', done: number, total: number | undefined }} Progress */

/**
 * @typedef {object} TransferOptions
 * @property {(progress: Progress) => void} [onProgress] bytes so far; total is undefined where nobody knows it
 * @property {AbortSignal} [signal]
 */

/**
 * Downloads a model or a part of this library.
 *
 * @param {string | URL} url
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} file_not_found, file_unreadable, aborted
 */
export async function fetchBytes(url, { onProgress, signal } = {}) {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) {
      const code = response.status === 404 ? 'file_not_found' : 'file_unreadable';
      throw new EdgeL3Error(code, `${url} answered ${response.status} ${response.statusText}.`.trimEnd());
    }
    return await readBody(response, onProgress);
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof EdgeL3Error) throw cause;
    throw new EdgeL3Error('file_unreadable', `${url} could not be downloaded (${cause}).`, cause);
  }
}

/**
 * @param {Response} response
 * @param {TransferOptions['onProgress']} onProgress
 */
async function readBody(response, onProgress) {
  if (!onProgress || !response.body) return new Uint8Array(await response.arrayBuffer());
  // A compressed transfer states the length of what travels, not of what arrives here.
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = length === null ? undefined : Number(length);
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let done = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done: ended, value } = await reader.read();
    if (ended) break;
    chunks.push(value);
    done += value.length;
    onProgress({ stage: 'load', done, total });
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
