import { locateAsset, readPublished, readSource } from '#platform';
import { EdgeL3Error } from './errors.js';
import { nameOfPublished } from './published.js';

/** @typedef {import('./fetch_bytes.js').TransferOptions} TransferOptions */
/** @typedef {import('./published.js').Selection} Selection */
/** @typedef {string | URL | Uint8Array | ArrayBuffer | Blob} ModelSource in Node a string is a path or a URL */

/**
 * The bytes of the model that is meant, and a name for it.
 *
 * @param {ModelSource | undefined} source
 * @param {Selection} selection
 * @param {TransferOptions} transfer
 * @returns {Promise<{ bytes: Uint8Array, name: string }>}
 * @throws {EdgeL3Error} option_invalid, model_not_found, file_not_found, file_unreadable, aborted
 */
export async function readModel(source, selection, transfer) {
  const isSelected = Object.values(selection).some((value) => value !== undefined);
  if (source !== undefined) {
    if (isSelected) {
      throw new EdgeL3Error(
        'option_invalid',
        `Give either source or ${Object.keys(selection).join(', ')}, not both.`,
      );
    }
    return { bytes: await readBytes(source, transfer), name: nameOfSource(source) };
  }
  if (isSelected) {
    const name = nameOfPublished(selection);
    return { bytes: await readPublished(name), name };
  }
  return { bytes: await readSource(locateAsset('edgel3-model.safetensors'), transfer), name: 'built in' };
}

/**
 * @param {ModelSource} source
 * @param {TransferOptions} transfer
 * @returns {Promise<Uint8Array>}
 */
async function readBytes(source, transfer) {
  if (typeof source === 'string' || source instanceof URL) return readSource(source, transfer);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  // Copies, for the model is loaded again whenever a worker starts, and the caller may change his array by then.
  if (source instanceof ArrayBuffer) return new Uint8Array(source.slice(0));
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice();
  }
  throw new EdgeL3Error(
    'option_invalid',
    'source must be a path or URL, a Uint8Array, an ArrayBuffer, a Blob or a File.',
  );
}

/** @param {ModelSource} source */
function nameOfSource(source) {
  const path =
    source instanceof File
      ? source.name
      : typeof source === 'string' || source instanceof URL
        ? String(source)
        : '';
  const file = path.split(/[?#]/)[0].split(/[\\/]/).at(-1) || 'unnamed';
  return file.replace(/\.(safetensors|h5|h5\.gz)$/, '');
}
