import { describeNetwork, KNOWN_NETWORKS } from '../../web/weights/architectures.js';
import { toTensorFile } from '../../web/weights/model_file.js';
import { writeSafetensors } from '../../web/weights/safetensors.js';
import { randomNumbers } from '../web/support/random_numbers.js';

/** @import { Convolution, Network } from '../../web/weights/model_file.js' */

/** Percent of zeros in each of the eight convolutions of the published sparse networks (EdgeL3's paper, table II). */
export const PUBLISHED_ZEROS = {
  53.5: [0, 30, 40, 50, 30, 50, 50, 60],
  63.5: [0, 40, 50, 60, 40, 60, 60, 70],
  72.3: [0, 40, 50, 60, 40, 70, 70, 80],
  73.5: [0, 60, 60, 70, 50, 70, 70, 80],
  '81.0': [0, 70, 70, 75, 60, 80, 80, 85],
  '87.0': [0, 80, 80, 85, 40, 85, 85, 95],
  90.5: [30, 85, 85, 90, 60, 90, 90, 95],
  95.45: [0, 85, 85, 85, 75, 95, 98, 98],
};

export const NO_ZEROS = [0, 0, 0, 0, 0, 0, 0, 0];

/**
 * A network of a published shape with random weights, pruned by magnitude in each layer as EdgeL3's were
 * (`l3embedding/pruning.py`). The same seed gives the same weights before pruning, and so the same network.
 *
 * @param {object} options
 * @param {import('../../web/weights/architectures.js').ModelType} options.modelType
 * @param {import('../../web/weights/architectures.js').InputRepr} [options.inputRepr] of an OpenL3 network, with the
 *   front end of openl3 0.4
 * @param {number} options.embeddingDimension
 * @param {readonly number[]} options.zeros percent of each convolution's weights
 * @param {number} [options.seed]
 * @returns {Network}
 */
export function syntheticNetwork({ modelType, inputRepr, embeddingDimension, zeros, seed = 1 }) {
  const frontEnd = modelType === 'openl3' ? '0.4' : undefined;
  const known = KNOWN_NETWORKS.find(
    (network) =>
      network.model_type === modelType &&
      network.input_repr === inputRepr &&
      network.front_end === frontEnd &&
      embeddingDimension in network.final_pooling,
  );
  if (!known) throw new Error(`No ${modelType} network gives ${embeddingDimension} numbers.`);
  const description = describeNetwork(known, embeddingDimension);
  const channels = description.convolutions;
  const convolutions = layersOf(channels, seed).map(
    ({ inputChannels, magnitudes, shift, ...layer }, index) => {
      const weights = prune(layer.weights, magnitudes, zeros[index]);
      const outputChannels = channels[index];
      const scale = normalise(weights, outputChannels, index);
      return { inputChannels, outputChannels, weights, scale, shift };
    },
  );
  // Brings -80 .. 0 dB to -2 .. 2.
  return {
    description,
    identity: { modelType, inputRepr, frontEnd },
    inputScale: 0.05,
    inputShift: 2,
    convolutions,
  };
}

/**
 * @param {Network} network
 * @param {import('../../web/weights/model_file.js').WeightType} [dtype]
 * @returns {Uint8Array} a model file
 */
export function toModelFile(network, dtype = 'f32') {
  return writeSafetensors(toTensorFile(network, dtype, { name: 'synthetic' }));
}

/**
 * The weights as a runtime wants them that knows only convolution and bias: with the scale multiplied in.
 *
 * @param {Convolution} convolution
 * @returns {Float32Array}
 */
export function scaledWeights({ weights, scale, outputChannels }) {
  const perChannel = weights.length / outputChannels;
  return weights.map((weight, index) => weight * scale[Math.floor(index / perChannel)]);
}

/**
 * Whether a ReLU follows a convolution: EdgeL3's sparse networks end without.
 *
 * @param {Network} network
 * @param {number} layer 0 to 7
 */
export function hasRelu({ description }, layer) {
  return layer < 7 || description.ends_with === 'relu';
}

/**
 * Layers before pruning, with the magnitudes of their weights in order.
 *
 * @typedef {{ inputChannels: number, weights: Float32Array, magnitudes: Float32Array, shift: Float32Array }} Layer
 */

/** @type {Map<string, Layer[]>} since they take longer than all the rest, and many networks begin with the same */
const knownLayers = new Map();

/**
 * @param {number[]} channels
 * @param {number} seed
 * @returns {Layer[]}
 */
function layersOf(channels, seed) {
  const key = `${channels} ${seed}`;
  const known = knownLayers.get(key);
  if (known) return known;
  const random = randomNumbers(seed);
  const layers = channels.map((outputChannels, index) => {
    const inputChannels = index === 0 ? 1 : channels[index - 1];
    const count = outputChannels * inputChannels * 9;
    const weights = normalNumbers(random, count, Math.sqrt(2 / (inputChannels * 9)));
    const shift = normalNumbers(random, outputChannels, 0.2);
    return { inputChannels, weights, magnitudes: weights.map(Math.abs).sort(), shift };
  });
  knownLayers.set(key, layers);
  return layers;
}

/**
 * @param {() => number} random
 * @param {number} count
 * @param {number} deviation
 */
function normalNumbers(random, count, deviation) {
  return Float32Array.from(
    { length: count },
    () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

/**
 * @param {Float32Array} weights
 * @param {Float32Array} magnitudes in order
 * @param {number} percent
 * @returns {Float32Array} with zeros for those that are not above the percentile of magnitudes
 */
function prune(weights, magnitudes, percent) {
  const count = Math.round((weights.length * percent) / 100);
  const threshold = count === 0 ? -1 : magnitudes[count - 1];
  return weights.map((weight) => (Math.abs(weight) > threshold ? weight : 0));
}

/**
 * Scales that give each layer's outputs a variance of about one: a sum's variance is that of its weights times the mean
 * square of its inputs, which is 1 for the mel map and 1/2 behind a ReLU. A pooling changes it little here.
 *
 * @param {Float32Array} weights
 * @param {number} outputChannels
 * @param {number} layer
 */
function normalise(weights, outputChannels, layer) {
  const inputMeanSquare = layer === 0 ? 1 : 0.5;
  const perChannel = weights.length / outputChannels;
  return Float32Array.from({ length: outputChannels }, (_, channel) => {
    const own = weights.subarray(channel * perChannel, (channel + 1) * perChannel);
    const squares = own.reduce((sum, weight) => sum + weight * weight, 0);
    return squares > 0 ? 1 / Math.sqrt(squares * inputMeanSquare) : 1;
  });
}
