import { throwIfAborted } from '../common/abort.js';
import { isBuffer, toBytes } from '../common/bytes.js';
import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { ANYTHING, CALLBACK, oneOf, readOptions, SIGNAL, TEXT } from '../common/options.js';
import { fromFloat16Bits } from './float16.js';
import { refuseForeign } from './foreign_files.js';
import { gunzip, isGzip } from './gunzip.js';
import { isHdf5 } from './hdf5.js';
import { IDENTITY_KINDS, toIdentityOptions } from './identity.js';
import { readKeras } from './keras.js';
import { toTensor, toTensorFile } from './model_file.js';
import { updateMetadata } from './model_metadata.js';
import { readMetadata, readSafetensors, replaceMetadata, writeSafetensors } from './safetensors.js';

/** @import { Kind } from '../common/options.js' */
/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { Identity, IdentityOptions } from './identity.js' */
/** @import { WeightType } from './model_file.js' */
/** @import { TensorFile } from './safetensors.js' */

/**
 * Free text that a model file carries.
 *
 * @typedef {object} ModelMetadata
 * @property {string} [name] what the model is called
 * @property {string} [source] where its weights come from
 * @property {string} [license] of the weights
 * @property {string} [attribution] what that license asks to be said wherever they are used
 */

/**
 * How a converted model file is written.
 *
 * @typedef {object} ModelFileOptions
 * @property {WeightType} [dtype] 'f32' (default), or 'f16' for half the size and about three decimal digits
 * @property {ModelMetadata} [metadata] free text to put into the file
 * @property {string} [fileName] of the Keras file: the published ones' own names tell which network it is
 */

/** @typedef {Identity & { fileName?: string }} Hints what is known about a model file besides its bytes */

/** @typedef {ModelFileOptions & IdentityOptions & TransferOptions} ConversionOptions How a model is converted, and what is known about it. */

/** @type {Record<keyof ConversionOptions, Kind>} */
const CONVERSION_KINDS = {
  dtype: oneOf(['f32', 'f16']),
  metadata: ANYTHING,
  fileName: TEXT,
  ...IDENTITY_KINDS,
  onProgress: CALLBACK,
  signal: SIGNAL,
};

const METADATA_KINDS = { name: TEXT, source: TEXT, license: TEXT, attribution: TEXT };

/**
 * Converts a model file to safetensors, the form in which this library keeps models. A network with 40 % zeros or
 * more is stored as its non-zeros only; none is ever dropped.
 *
 * @param {Uint8Array | ArrayBuffer | DataView} bytes a Keras file of EdgeL3, OpenL3 or L3 (`.h5`, `.h5.gz`) or a
 *   safetensors file made by this function. Where the file does not tell which front end its network was trained with,
 *   modelType and inputRepr do
 * @param {ConversionOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} model_invalid, model_unsupported, option_invalid, aborted
 */
export async function convertModel(bytes, options) {
  const {
    dtype = 'f32',
    metadata = {},
    fileName,
    onProgress,
    signal,
    ...named
  } = readOptions(options, CONVERSION_KINDS);
  readOptions(metadata, METADATA_KINDS);
  const identity = toIdentityOptions(named);
  const given = readBytes(bytes);
  throwIfAborted(signal);
  const unpacked = isGzip(given) ? await gunzip(given, { onProgress, signal }) : given;
  refuseForeign(unpacked);
  const file = isHdf5(unpacked)
    ? toTensorFile(readKeras(unpacked, identity, fileName), dtype, metadata)
    : changeType(readSafetensors(unpacked), dtype, metadata, identity);
  await yieldToEventLoop();
  throwIfAborted(signal);
  const converted = writeSafetensors(file);
  onProgress?.({ stage: 'convert', done: unpacked.length, total: unpacked.length });
  return converted;
}

/**
 * @param {Uint8Array | ArrayBuffer | DataView} bytes
 * @returns {Uint8Array}
 * @throws {EdgeL3Error} option_invalid
 */
function readBytes(bytes) {
  if (ArrayBuffer.isView(bytes) || isBuffer(bytes)) return toBytes(bytes);
  throw new EdgeL3Error(
    'option_invalid',
    `The model must be the file's bytes, a Uint8Array or an ArrayBuffer${describe(bytes)}.`,
  );
}

/**
 * @param {TensorFile} file
 * @param {WeightType} dtype
 * @param {NonNullable<ConversionOptions['metadata']>} metadata
 * @param {Identity} identity
 * @returns {TensorFile}
 * @throws {EdgeL3Error} model_unsupported, option_invalid
 */
function changeType(file, dtype, metadata, identity) {
  if (file.metadata.format !== 'edgel3') {
    throw new EdgeL3Error('model_unsupported', 'This safetensors file was not made by convertModel.');
  }
  const tensors = Object.entries(file.tensors).map(([name, tensor]) => {
    if (!/\.(weight|values)$/.test(name) || tensor.dtype === 'U8') return [name, tensor];
    const values = tensor.dtype === 'F16' ? Float32Array.from(tensor.data, fromFloat16Bits) : tensor.data;
    return [name, toTensor(values, tensor.shape, dtype, name)];
  });
  const updated = { ...updateMetadata(file.metadata, identity), ...metadata };
  return { metadata: updated, tensors: Object.fromEntries(tensors) };
}

/**
 * The same for loading: a Keras file becomes safetensors in F32, an older model file one of version 2; anything else is
 * left for the core to judge.
 *
 * @param {Uint8Array} bytes
 * @param {Hints} [hints]
 * @returns {Promise<Uint8Array>}
 * @throws {EdgeL3Error} model_invalid, model_unsupported, option_invalid
 */
export async function toSafetensors(bytes, { fileName, ...identity } = {}) {
  const unpacked = isGzip(bytes) ? await gunzip(bytes) : bytes;
  refuseForeign(unpacked);
  if (isHdf5(unpacked)) return convertModel(unpacked, { ...identity, fileName });
  const metadata = readMetadata(unpacked);
  const updated = updateMetadata(metadata, identity);
  return updated === metadata ? unpacked : replaceMetadata(unpacked, updated);
}
