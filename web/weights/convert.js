import { throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { withoutInherited } from '../common/options.js';
import { fromFloat16Bits } from './float16.js';
import { gunzip, isGzip } from './gunzip.js';
import { isHdf5 } from './hdf5.js';
import { readKeras } from './keras.js';
import { toTensor, toTensorFile } from './model_file.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';

/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { WeightType } from './model_file.js' */
/** @import { TensorFile } from './safetensors.js' */

/**
 * @typedef {object} FileOptions
 * @property {WeightType} [dtype] 'f32' (default), or 'f16' for half the size and about three decimal digits
 * @property {{ name?: string, source?: string, license?: string }} [metadata] free text to put into the file
 */

/** @typedef {FileOptions & TransferOptions} ConversionOptions */

/**
 * Converts a model file to safetensors, the form in which this library keeps models. A network with 40 % zeros or
 * more is stored as its non-zeros only; none is ever dropped.
 *
 * @param {Uint8Array} bytes a Keras file of EdgeL3 (`.h5`, `.h5.gz`) or a safetensors file made by this function
 * @param {ConversionOptions} [options]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} model_invalid, model_unsupported, option_invalid, aborted
 */
export async function convertModel(bytes, options) {
  const { dtype = 'f32', metadata = {}, onProgress, signal } = withoutInherited(options);
  if (dtype !== 'f32' && dtype !== 'f16') {
    throw new EdgeL3Error('option_invalid', `dtype must be 'f32' or 'f16', not '${dtype}'.`);
  }
  if (!ArrayBuffer.isView(bytes)) {
    throw new EdgeL3Error('option_invalid', "The model must be given as the file's bytes, a Uint8Array.");
  }
  throwIfAborted(signal);
  const unpacked = isGzip(bytes) ? await gunzip(bytes, { onProgress, signal }) : bytes;
  const file = isHdf5(unpacked)
    ? toTensorFile(readKeras(unpacked), dtype, metadata)
    : changeType(readSafetensors(unpacked), dtype, metadata);
  await yieldToEventLoop();
  throwIfAborted(signal);
  const converted = writeSafetensors(file);
  onProgress?.({ stage: 'convert', done: unpacked.length, total: unpacked.length });
  return converted;
}

/**
 * @param {TensorFile} file
 * @param {WeightType} dtype
 * @param {NonNullable<ConversionOptions['metadata']>} metadata
 * @returns {TensorFile}
 * @throws {EdgeL3Error} model_unsupported, option_invalid
 */
function changeType(file, dtype, metadata) {
  if (file.metadata.format !== 'edgel3') {
    throw new EdgeL3Error('model_unsupported', 'This safetensors file was not made by convertModel.');
  }
  const tensors = Object.entries(file.tensors).map(([name, tensor]) => {
    if (!/\.(weight|values)$/.test(name) || tensor.dtype === 'U8') return [name, tensor];
    const values = tensor.dtype === 'F16' ? Float32Array.from(tensor.data, fromFloat16Bits) : tensor.data;
    return [name, toTensor(values, tensor.shape, dtype, name)];
  });
  return { metadata: { ...file.metadata, ...metadata }, tensors: Object.fromEntries(tensors) };
}

/**
 * The same for loading: a Keras file becomes safetensors in F32; anything else is left for the core to judge.
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 * @throws {EdgeL3Error} model_invalid, model_unsupported
 */
export async function toSafetensors(bytes) {
  const unpacked = isGzip(bytes) ? await gunzip(bytes) : bytes;
  return isHdf5(unpacked) ? convertModel(unpacked) : unpacked;
}
