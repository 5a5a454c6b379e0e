import { hostSignal, throwIfAborted } from '../common/abort.js';
import { joinBytes } from '../common/bytes.js';
import { EdgeL3Error } from '../common/errors.js';
import { withoutInherited } from '../common/options.js';
import { statedLength } from '../weights/file_length.js';

/** @import { Progress, TransferOptions } from '../common/transfer.js' */

/**
 * Downloads a model or a part of this library.
 *
 * @param {string | URL} url
 * @param {TransferOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} file_not_found, file_unreadable, aborted
 */
export async function fetchBytes(url, options) {
  const { onProgress, signal } = withoutInherited(options);
  try {
    const response = await fetch(url, { signal: hostSignal(signal) });
    // 206: a part, which nobody asked for; some service workers answer so.
    if (!response.ok || response.status === 206) {
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
  /** @type {number | undefined} */
  let total;
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let done = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done: ended, value } = await reader.read();
    if (ended) break;
    if (done === 0) total = statedLength(value) ?? announcedLength(response);
    chunks.push(value);
    done += value.length;
    onProgress({ stage: 'load', done, total });
  }
  return joinBytes(chunks);
}

/** @param {Response} response */
function announcedLength({ headers }) {
  const length = headers.get('content-length');
  // A compressed transfer announces the length of what travels, not of what arrives here.
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}
