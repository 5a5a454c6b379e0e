import * as ort from 'onnxruntime-web';
import { onnxModel } from './onnx_model.js';

/**
 * ONNX Runtime web, one thread: it multiplies a network's zeros like all else.
 *
 * @param {import('./subject.js').Subject} subject
 * @returns {Promise<import('./subject.js').Peer>}
 */
export async function openOnnxRuntime({ network, info }) {
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(onnxModel(network, info), {
    executionProviders: ['wasm'],
  });
  const [output] = session.outputNames;
  return {
    async run(normalisedMel) {
      const mel = new ort.Tensor('float32', normalisedMel, [1, 1, info.melBands, info.melFrames]);
      return /** @type {Float32Array} */ ((await session.run({ mel }))[output].data);
    },
    close: () => session.release(),
  };
}
