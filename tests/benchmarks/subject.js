import { openPackage } from './modules.js';
import { syntheticNetwork, toModelFile } from './synthetic_model.js';
import { benchmarkWindow } from './window.js';

/**
 * A synthetic network that is to be measured, and what goes into it.
 *
 * @typedef {object} Subject
 * @property {import('../../web/weights/model_file.js').Network} network
 * @property {Uint8Array} file the network as a model file
 * @property {import('./modules.js').RawModel} model the network as the package runs it
 * @property {import('../../web/edgel3-core.js').RawModelInfo} info
 * @property {Float32Array} window one second of sound
 * @property {Float32Array} mel its mel map in dB
 * @property {Float32Array} normalisedMel what the first convolution gets, and a peer
 */

/**
 * @param {'baseline' | 'relaxed'} build
 * @param {Parameters<typeof syntheticNetwork>[0]} options
 * @returns {Promise<Subject>}
 */
export async function openSubject(build, options) {
  const network = syntheticNetwork(options);
  const file = toModelFile(network);
  const { module } = await openPackage(build);
  const model = module.loadModel(file);
  const info = model.info();
  const window = benchmarkWindow(info.sampleRate);
  const mel = model.melSpectrogram(window);
  const scale = Math.fround(network.inputScale);
  const normalisedMel = mel.map((decibel) => Math.fround(decibel * scale) + network.inputShift);
  return { network, file, model, info, window, mel, normalisedMel };
}

/**
 * A network that something else than our core runs.
 *
 * @typedef {object} Peer
 * @property {(normalisedMel: Float32Array) => Promise<Float32Array>} run to the embedding
 * @property {() => unknown} close
 */
