import { throwIfAborted } from '../common/abort.js';
import { joinBytes } from '../common/bytes.js';
import { EdgeL3Error } from '../common/errors.js';
import { withoutInherited } from '../common/options.js';

/** @import { TransferOptions } from '../common/transfer.js' */

/** Far above the 37 MB of the largest published model; keeps a malicious file from filling the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Of an empty gzip file: header, an empty block, checksum and length. */
const LEAST_BYTES = 20;

/**
 * @param {Uint8Array} bytes
 * @returns {boolean} whether they begin as gzip does
 */
export function isGzip(bytes) {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzipped model file.
 *
 * @param {Uint8Array} bytes
 * @param {TransferOptions} [options] the stage is 'convert'
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} model_invalid, aborted
 */
export async function gunzip(bytes, options) {
  const { onProgress, signal } = withoutInherited(options);
  if (bytes.length < LEAST_BYTES) throw damagedError();
  // Not by the stream of a Blob, which jsdom's have not.
  const packed = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const unpacked = packed.pipeThrough(new DecompressionStream('gzip'));
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let length = 0;
  // A gzip file ends with the length of its content.
  const total = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
  const reader = unpacked.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause) => {
      throw damagedError(cause);
    });
    if (done) break;
    throwIfAborted(signal);
    chunks.push(value);
    length += value.length;
    onProgress?.({ stage: 'convert', done: length, total });
    if (length > MAX_BYTES) {
      await reader.cancel();
      throw new EdgeL3Error(
        'model_invalid',
        'This gzipped file unpacks to more than 256 MB; it is no model of EdgeL3.',
      );
    }
  }
  return joinBytes(chunks);
}

/** @param {unknown} [cause] */
function damagedError(cause) {
  return new EdgeL3Error('model_invalid', 'This gzipped model file is truncated or corrupt.', cause);
}
