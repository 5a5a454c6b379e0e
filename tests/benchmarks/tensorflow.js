import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { hasRelu, scaledWeights } from './synthetic_model.js';

const backend = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');

/**
 * TensorFlow.js on its WebAssembly backend, one thread: it multiplies a network's zeros like all else.
 *
 * @param {import('./subject.js').Subject} subject
 * @returns {Promise<import('./subject.js').Peer>}
 */
export async function openTensorFlow({ network, info }) {
  setWasmPaths(dirname(backend) + sep);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  const layers = network.convolutions.map((convolution, layer) => ({
    filter: toTensorFlowFilter(convolution),
    bias: tf.tensor1d(convolution.shift),
    activation: /** @type {'relu' | 'linear'} */ (hasRelu(network, layer) ? 'relu' : 'linear'),
  }));
  const embed = (/** @type {Float32Array} */ normalisedMel) => {
    let x = tf.tensor4d(normalisedMel, [1, info.melBands, info.melFrames, 1]);
    layers.forEach((parameters, layer) => {
      x = tf.fused.conv2d({ x, ...parameters, strides: 1, pad: 'same' });
      if (layer % 2 === 1 && layer < 7) x = tf.maxPool(x, 2, 2, 'valid');
    });
    return tf.max(x, [1, 2]);
  };
  return {
    run: async (normalisedMel) =>
      /** @type {Float32Array} */ (tf.tidy(() => embed(normalisedMel)).dataSync()),
    close: () => tf.dispose(layers.flatMap(({ filter, bias }) => [filter, bias])),
  };
}

/** @param {import('../../web/weights/model_file.js').Convolution} convolution */
function toTensorFlowFilter(convolution) {
  const shape = /** @type {const} */ ([convolution.outputChannels, convolution.inputChannels, 3, 3]);
  return tf.tidy(() => tf.transpose(tf.tensor4d(scaledWeights(convolution), [...shape]), [2, 3, 1, 0]));
}
