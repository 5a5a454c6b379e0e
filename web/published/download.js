import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { hostSignal, throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { unwritableFile } from '../files/file_errors.js';

/** @import { TransferOptions } from '../common/transfer.js' */

/** No published model has a quarter of it. */
const MAX_BYTES = 100_000_000;

/**
 * Downloads a file. Where its bytes are known, what breaks off is kept, and continued by the next call, and what is
 * complete but wrong is thrown away.
 *
 * @param {string} url
 * @param {string} path where it goes, in a folder that exists
 * @param {{ blob: string | undefined, expected: string }} content what git names it, if that is known, and whence
 * @param {TransferOptions} options
 * @returns {Promise<string>} what git names what is there now
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_damaged, output_unwritable, aborted
 */
export async function download(url, path, { blob, expected }, options) {
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > 0 && blob !== undefined) {
    if ((await nameContent(path)) === blob) return blob;
    await transfer(url, path, size, options);
    if ((await nameContent(path)) === blob) return blob;
    // What an earlier call left need not be the beginning of what is there now.
    await rm(path, { force: true });
  }
  await transfer(url, path, 0, options);
  const content = await nameContent(path);
  if (blob === undefined || content === blob) return content;
  await rm(path, { force: true });
  throw new EdgeL3Error('file_damaged', `${url} gave other bytes than ${expected}.`);
}

/**
 * @param {string} path
 * @returns {Promise<string>} what git names the file: the SHA-1 of its length and its bytes
 */
async function nameContent(path) {
  const { size } = await stat(path);
  const hash = createHash('sha1').update(`blob ${size}\0`);
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/**
 * @param {string} url
 * @param {string} path
 * @param {number} start bytes of it that are there already
 * @param {TransferOptions} options
 */
async function transfer(url, path, start, { onProgress, signal }) {
  const file = await open(path, start > 0 ? 'r+' : 'w').catch((cause) => {
    throw unwritableFile(path, cause);
  });
  let position = start;
  try {
    const range = start > 0 ? { range: `bytes=${start}-` } : undefined;
    const headers = { 'accept-encoding': 'identity', ...range };
    const response = await fetch(url, { headers, signal: hostSignal(signal) });
    if (response.status === 416 && start > 0) return;
    if (!response.ok || !response.body) throw refusal(url, response);
    if (response.headers.get('content-range')?.startsWith(`bytes ${start}-`) !== true) position = 0;
    await file.truncate(position);
    const length = response.headers.get('content-length');
    const total = length === null ? undefined : position + Number(length);
    for await (const chunk of response.body) {
      await file.write(chunk, 0, chunk.length, position);
      position += chunk.length;
      if (position > MAX_BYTES) throw new EdgeL3Error('file_damaged', `${url} is far too long.`);
      onProgress?.({ stage: 'load', done: position, total });
    }
  } catch (cause) {
    if (position === 0 || position > MAX_BYTES) await rm(path, { force: true });
    throwIfAborted(signal);
    if (cause instanceof EdgeL3Error) throw cause;
    const { message, cause: reason } = /** @type {Error} */ (cause);
    const why = /** @type {Error | undefined} */ (reason)?.message ?? message;
    const rest = position > 0 ? `; the next try continues after ${position} bytes` : '';
    throw new EdgeL3Error('file_unreadable', `${url} could not be downloaded (${why})${rest}.`, cause);
  } finally {
    await file.close();
  }
}

/**
 * @param {string} url
 * @param {Response} response
 */
function refusal(url, { status, statusText }) {
  const code = status === 404 ? 'file_not_found' : 'file_unreadable';
  return new EdgeL3Error(code, `${url} answered ${status} ${statusText}`.trimEnd().concat('.'));
}
