import { locateAsset, readPublished, readSource } from '#platform';
import { describeBytes } from '../common/describe_bytes.js';
import { EdgeL3Error } from '../common/errors.js';
import { hasTag, isUrl, readByteSource } from '../platform/byte_source.js';
import { findPublishedNetwork } from '../published/names.js';
import { refuseForeign } from '../weights/foreign_files.js';
import { toIdentityOptions } from '../weights/identity.js';
import { beginsAsModel } from '../weights/signature.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { Selection } from '../published/names.js' */
/** @import { Hints } from '../weights/convert.js' */
/** @import { ByteSource } from '../platform/byte_source.js' */

/** @typedef {ByteSource} ModelSource Where the bytes of a model file are. */

/**
 * The bytes of the model that is meant, a name for it, and what is known about it besides.
 *
 * @param {ModelSource | undefined} source
 * @param {Selection} selection describes the source, where there is one
 * @param {TransferOptions} transfer
 * @returns {Promise<{ bytes: Uint8Array, name: string, hints: Hints }>}
 * @throws {EdgeL3Error} option_invalid, model_not_found, file_not_found, file_unreadable, aborted
 */
export async function readModel(source, selection, transfer) {
  if (source !== undefined) {
    const { retrainType, sparsity, ...identity } = selection;
    for (const [option, value] of Object.entries({ retrainType, sparsity })) {
      if (value === undefined) continue;
      throw new EdgeL3Error(
        'option_invalid',
        `${option} chooses a published model; with source it says nothing.`,
      );
    }
    const bytes = await readByteSource('source', source, transfer);
    if (isUrl(source)) checkBeginning(bytes, String(source));
    const fileName = nameOfSource(source);
    const hints = { ...toIdentityOptions(identity), fileName };
    const name = fileName.replace(/\.(safetensors|h5|h5\.gz)$/, '') || 'unnamed';
    return { bytes, name, hints };
  }
  if (Object.values(selection).some((value) => value !== undefined)) {
    const { name, hints } = findPublishedNetwork(selection);
    return { bytes: await readPublished(name), name, hints };
  }
  return { bytes: await readBuiltIn(transfer), name: 'built in', hints: {} };
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

/**
 * @param {ModelSource} source
 * @returns {string} the name of its file; empty where it has none
 */
function nameOfSource(source) {
  const path = hasTag(source, 'File')
    ? /** @type {File} */ (source).name
    : isUrl(source)
      ? String(source)
      : '';
  return path.split(/[?#]/)[0].split(/[\\/]/).at(-1) ?? '';
}
