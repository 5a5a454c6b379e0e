import { EdgeL3Error } from '../common/errors.js';
import { toFloat16Bits } from './float16.js';
import { encodePositions } from './nonzero_positions.js';
import { checkOverflow } from './overflow.js';

/** @import { NetworkDescription } from './architectures.js' */
/** @import { Identity } from './identity.js' */
/** @import { Tensor, TensorFile } from './safetensors.js' */

/**
 * @typedef {object} Convolution
 * @property {number} inputChannels
 * @property {number} outputChannels
 * @property {Float32Array} weights index ((out * inputChannels + in) * 3 + mel) * 3 + time
 * @property {Float32Array} scale one for each output channel
 * @property {Float32Array} shift one for each output channel
 */

/**
 * A network. The first BatchNorm acts on the mel map before the zero padding of convolution 1: y = x * inputScale +
 * inputShift. Every later one, with the bias of the convolution before it, is y = sum * scale + shift of that
 * convolution. It is not folded into the weights: that rounds each of them again, and costs more precision than all
 * other roundings together.
 *
 * @typedef {object} Network
 * @property {NetworkDescription} description
 * @property {Identity} identity what it is known as; empty for a network of one's own
 * @property {number} inputScale
 * @property {number} inputShift
 * @property {Convolution[]} convolutions eight
 */

/** @typedef {'f32' | 'f16'} WeightType how the weights of a model file are stored */

/** From this share of zeros on, a network is stored as its non-zeros only. */
const SPARSE_FROM = 0.4;

/**
 * The tensors of a model file (safetensors, format "edgel3" version 2; docs/model-file.md).
 *
 * @param {Network} network
 * @param {WeightType} dtype
 * @param {Record<string, string>} metadata free text: name, source, license
 * @returns {TensorFile}
 * @throws {EdgeL3Error} option_invalid if a weight does not fit F16, model_invalid if sums could overflow
 */
export function toTensorFile(network, dtype, metadata) {
  checkOverflow(network);
  /** @type {Record<string, Tensor>} */
  const tensors = {
    'input.scale': { dtype: 'F32', shape: [1], data: Float32Array.of(network.inputScale) },
    'input.shift': { dtype: 'F32', shape: [1], data: Float32Array.of(network.inputShift) },
  };
  const sparse = shareOfZeros(network.convolutions) >= SPARSE_FROM;
  network.convolutions.forEach(({ inputChannels, outputChannels, weights, scale, shift }, index) => {
    const name = `conv${index + 1}`;
    tensors[`${name}.scale`] = { dtype: 'F32', shape: [outputChannels], data: scale };
    tensors[`${name}.shift`] = { dtype: 'F32', shape: [outputChannels], data: shift };
    if (sparse) {
      const values = weights.filter((weight) => weight !== 0);
      const { kind, bytes } = encodePositions(weights);
      tensors[`${name}.values`] = toTensor(values, [values.length], dtype, `${name}.values`);
      tensors[`${name}.${kind}`] = { dtype: 'U8', shape: [bytes.length], data: bytes };
    } else {
      const shape = [outputChannels, inputChannels, 3, 3];
      tensors[`${name}.weight`] = toTensor(weights, shape, dtype, `${name}.weight`);
    }
  });
  return {
    metadata: { ...metadata, ...toMetadata(network.description, network.identity) },
    tensors,
  };
}

/**
 * What a model file says about its network.
 *
 * @param {NetworkDescription} description
 * @param {Identity} identity
 * @returns {Record<string, string>}
 */
export function toMetadata(description, { modelType, contentType, inputRepr, frontEnd }) {
  return {
    format: 'edgel3',
    version: '2',
    network: JSON.stringify(description),
    ...(modelType && { model_type: modelType }),
    ...(contentType && { content_type: contentType }),
    ...(inputRepr && { input_repr: inputRepr }),
    ...(frontEnd && { front_end: frontEnd }),
  };
}

/**
 * @param {Record<string, string>} metadata of a model file
 * @returns {Identity} what its network is known as
 */
export function toIdentity({ model_type, content_type, input_repr, front_end }) {
  return /** @type {Identity} */ ({
    ...(model_type && { modelType: model_type }),
    ...(content_type && { contentType: content_type }),
    ...(input_repr && { inputRepr: input_repr }),
    ...(front_end && { frontEnd: front_end }),
  });
}

/**
 * @param {Float32Array} data
 * @param {number[]} shape
 * @param {WeightType} dtype
 * @param {string} name for the message if a weight does not fit
 * @returns {Tensor}
 * @throws {EdgeL3Error} option_invalid
 */
export function toTensor(data, shape, dtype, name) {
  if (dtype === 'f32') return { dtype: 'F32', shape, data };
  const halves = Uint16Array.from(data, toFloat16Bits);
  const overflow = halves.findIndex((half) => (half & 0x7c00) === 0x7c00);
  if (overflow >= 0) {
    throw new EdgeL3Error(
      'option_invalid',
      `The weight ${data[overflow]} in ${name} does not fit 16 bits; convert with dtype 'f32' instead.`,
    );
  }
  return { dtype: 'F16', shape, data: halves };
}

/** @param {Convolution[]} convolutions */
function shareOfZeros(convolutions) {
  let zeros = 0;
  let count = 0;
  for (const { weights } of convolutions) {
    count += weights.length;
    for (const weight of weights) if (weight === 0) zeros++;
  }
  return zeros / count;
}
