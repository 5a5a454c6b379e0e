import { locateAsset, readPublished, readSource } from '#platform';
import { describeBytes } from '../common/describe_bytes.js';
import { EdgeL3Error } from '../common/errors.js';
import { hasTag, isUrl, readByteSource } from '../platform/byte_source.js';
import { nameOfPublished } from '../published/names.js';
import { refuseForeign } from '../weights/foreign_files.js';
import { beginsAsModel } from '../weights/signature.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { Selection } from '../published/names.js' */
/** @typedef {import('../platform/byte_source.js').ByteSource} ModelSource */

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
    const bytes = await readByteSource('source', source, transfer);
    if (isUrl(source)) checkBeginning(bytes, String(source));
    return { bytes, name: nameOfSource(source) };
  }
  if (isSelected) {
    const name = nameOfPublished(selection);
    return { bytes: await readPublished(name), name };
  }
  return { bytes: await readBuiltIn(transfer), name: 'built in' };
}

/**
 * @param {TransferOptions} transfer
 * @returns {Promise<Uint8Array>}
 */
async function readBuiltIn(transfer) {
  try {
    const url = locateAsset('edgel3-model.safetensors');
    const bytes = await readSource(url, transfer);
    checkBeginning(bytes, String(url));
    return bytes;
  } catch (cause) {
    const { code, message } = /** @type {EdgeL3Error} */ (cause);
    if (code === 'aborted') throw cause;
    throw new EdgeL3Error(
      code,
      `The built-in model could not be loaded: ${message} docs/hosting.md says what bundlers and servers need; the option 'source' says where the model is.`,
      cause,
    );
  }
}

/**
 * What a server gives in a model's stead is told here, where it is known from where it came.
 *
 * @param {Uint8Array} bytes
 * @param {string} origin
 * @throws {EdgeL3Error} model_invalid, model_unsupported
 */
function checkBeginning(bytes, origin) {
  if (beginsAsModel(bytes)) return;
  refuseForeign(bytes, origin);
  throw new EdgeL3Error('model_invalid', `What ${origin} gave is no model file: ${describeBytes(bytes)}.`);
}

/** @param {ModelSource} source */
function nameOfSource(source) {
  const path = hasTag(source, 'File')
    ? /** @type {File} */ (source).name
    : isUrl(source)
      ? String(source)
      : '';
  const file = path.split(/[?#]/)[0].split(/[\\/]/).at(-1) || 'unnamed';
  return file.replace(/\.(safetensors|h5|h5\.gz)$/, '');
}
