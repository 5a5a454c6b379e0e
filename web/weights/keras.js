import { EdgeL3Error } from '../common/errors.js';
import { SEA, SPARSE } from './architectures.js';
import { explainDamage, openHdf5 } from './hdf5.js';

/** @import { Architecture } from './architectures.js' */
/** @import { Convolution, Network } from './model_file.js' */
/** @import { Hdf5Object } from './hdf5.js' */
/** @typedef {{ layer: string, name: string, dataset: Hdf5Object }} Weight one array of a layer, in Keras' order */
/** @typedef {Record<string, Record<string, unknown>>} LayerSettings `model_config`: settings by layer name */
/** @typedef {{ scale: Float64Array, shift: Float64Array }} Affine y = x * scale + shift, by channel */

/** Keras 2.3.1's default; what every EdgeL3 file has. */
const DEFAULT_EPSILON = 1e-3;

/**
 * Reads a Keras weight file (`save` or `save_weights`) of any of EdgeL3's networks. As in Keras, the order of the
 * arrays counts, not their names; which network it is follows from their shapes.
 *
 * @param {Uint8Array} bytes an HDF5 file
 * @returns {Network}
 * @throws {EdgeL3Error} model_invalid, model_unsupported
 */
export function readKeras(bytes) {
  try {
    const file = openHdf5(bytes);
    const weights = listWeights(file);
    const { architecture, widths, hasFrontEnd } = recognise(weights);
    const settings = readSettings(file);
    checkFrontEnd(settings, architecture);
    return readNetwork(architecture, widths, hasFrontEnd ? weights.slice(3) : weights, settings);
  } catch (cause) {
    if (cause instanceof EdgeL3Error) throw cause;
    throw new EdgeL3Error('model_invalid', `This Keras file cannot be read: ${explainDamage(cause)}.`, cause);
  }
}

/**
 * @param {Hdf5Object} file
 * @returns {Weight[]}
 */
function listWeights(file) {
  // `save` puts the layers into a group, `save_weights` into the root.
  const group = readNames(file, 'layer_names') ? file : (file.get('model_weights') ?? file);
  const layers = readNames(group, 'layer_names');
  if (!layers) {
    throw new EdgeL3Error(
      'model_unsupported',
      "This HDF5 file has no 'layer_names': it is no Keras weight file.",
    );
  }
  return layers.flatMap((layer) => {
    const layerGroup = getMember(group, layer);
    const names = readNames(layerGroup, 'weight_names') ?? [];
    return names.map((name) => ({ layer, name, dataset: getMember(layerGroup, name) }));
  });
}

/**
 * A list of names. Keras cuts a long one into attribute0, attribute1, ...
 *
 * @param {Hdf5Object} group
 * @param {string} attribute
 * @returns {string[] | undefined} undefined if there is no such list
 */
function readNames(group, attribute) {
  const whole = group.strings(attribute);
  if (whole) return whole;
  const chunks = [];
  for (let chunk = group.strings(`${attribute}0`); chunk; chunk = group.strings(attribute + chunks.length)) {
    chunks.push(chunk);
  }
  return chunks.length === 0 ? undefined : chunks.flat();
}

/**
 * @param {Hdf5Object} group
 * @param {string} path
 * @returns {Hdf5Object}
 */
function getMember(group, path) {
  const member = group.get(path);
  if (!member)
    throw new EdgeL3Error('model_invalid', `This Keras file lists '${path}' but does not have it.`);
  return member;
}

/**
 * Finds the published network whose arrays have these shapes, with the three arrays of kapre's mel layer or without.
 *
 * @param {Weight[]} weights
 */
function recognise(weights) {
  const actual = JSON.stringify(weights.map(({ dataset }) => dataset.shape));
  for (const architecture of [SEA, SPARSE]) {
    for (const widths of architecture.widths) {
      const shapes = shapesOf(architecture, widths);
      if (actual === JSON.stringify(shapes)) return { architecture, widths, hasFrontEnd: false };
      if (actual === JSON.stringify([...frontEndShapesOf(architecture), ...shapes])) {
        return { architecture, widths, hasFrontEnd: true };
      }
    }
  }
  throw new EdgeL3Error(
    'model_unsupported',
    `This Keras file holds a network of ${weights.length} arrays that is none of EdgeL3's: ` +
      'it reads the sparse networks and the SEA networks of 64, 128, 256 and 512 dimensions.',
  );
}

/**
 * @param {Architecture} architecture
 * @param {number[]} widths
 * @returns {number[][]}
 */
function shapesOf({ lastIsNormalised }, widths) {
  const normalisation = (/** @type {number} */ channels) => Array(4).fill([channels]);
  const shapes = normalisation(1);
  widths.forEach((width, index) => {
    shapes.push([3, 3, widths[index - 1] ?? 1, width], [width]);
    if (index < widths.length - 1 || lastIsNormalised) shapes.push(...normalisation(width));
  });
  return shapes;
}

/**
 * Real and imaginary Fourier kernels and the mel filterbank. They are computed, never read: those of the published
 * SEA-64 file are bit for bit what the formulas give.
 *
 * @param {Architecture} architecture
 * @returns {number[][]}
 */
function frontEndShapesOf({ windowLength, melBands }) {
  const bins = windowLength / 2 + 1;
  return [
    [windowLength, 1, 1, bins],
    [windowLength, 1, 1, bins],
    [bins, melBands],
  ];
}

/**
 * @param {Hdf5Object} file
 * @returns {LayerSettings} empty for a file without `model_config`
 */
function readSettings(file) {
  const [text = '{}'] = file.strings('model_config') ?? [];
  const layers = JSON.parse(text).config?.layers ?? [];
  return Object.fromEntries(
    layers.map((/** @type {any} */ layer) => [layer.name, { class: layer.class_name, ...layer.config }]),
  );
}

/**
 * Refuses a file whose own settings say that its mel map is another one than the core computes.
 *
 * @param {LayerSettings} settings
 * @param {Architecture} architecture
 */
function checkFrontEnd(settings, { name, sampleRate, windowLength, hopLength, melBands }) {
  const found = Object.values(settings).find((layer) => layer.class === 'Melspectrogram') ?? {};
  const expected = {
    sr: sampleRate,
    n_dft: windowLength,
    n_hop: hopLength,
    n_mels: melBands,
    padding: 'same',
    fmin: 0,
    fmax: sampleRate / 2,
    power_melgram: 1,
    return_decibel_melgram: true,
    htk: true,
    norm: 1,
  };
  for (const [key, value] of Object.entries(expected)) {
    // kapre takes null for fmax as half the sample rate.
    if ((found[key] ?? value) !== value) {
      throw new EdgeL3Error(
        'model_unsupported',
        `This file's mel layer has ${key} = ${found[key]}, but a ${name} network of EdgeL3 has ${value}.`,
      );
    }
  }
}

/**
 * @param {Architecture} architecture
 * @param {number[]} widths
 * @param {Weight[]} weights without those of the mel layer
 * @param {LayerSettings} settings
 * @returns {Network}
 */
function readNetwork(architecture, widths, weights, settings) {
  const queue = [...weights];
  const takeValues = (/** @type {number} */ count) => queue.splice(0, count).map(readValues);
  const takeNormalisation = () => {
    const epsilon = Number(settings[queue[0].layer]?.epsilon ?? DEFAULT_EPSILON);
    return toAffine(takeValues(4), epsilon);
  };
  const input = takeNormalisation();
  const convolutions = widths.map((outputChannels, index) => {
    const [kernel, bias] = takeValues(2);
    const isNormalised = index < widths.length - 1 || architecture.lastIsNormalised;
    const normalisation = isNormalised ? takeNormalisation() : undefined;
    return toConvolution(kernel, bias, widths[index - 1] ?? 1, outputChannels, normalisation);
  });
  return {
    architecture: architecture.name,
    embeddingDimension: /** @type {number} */ (widths.at(-1)),
    inputScale: input.scale[0],
    inputShift: input.shift[0],
    convolutions,
  };
}

/**
 * @param {Weight} weight
 * @returns {Float64Array}
 */
function readValues({ name, dataset }) {
  const values = dataset.readFloats();
  if (!values.every(Number.isFinite)) {
    throw new EdgeL3Error('model_invalid', `'${name}' in this Keras file has values that are not finite.`);
  }
  return values;
}

/**
 * BatchNorm at inference: (x - mean) / sqrt(variance + epsilon) * gamma + beta.
 *
 * @param {Float64Array[]} arrays as Keras stores them: gamma, beta, mean, variance
 * @param {number} epsilon
 * @returns {Affine}
 */
function toAffine([gamma, beta, mean, variance], epsilon) {
  const scale = gamma.map((value, i) => value / Math.sqrt(variance[i] + epsilon));
  if (!scale.every(Number.isFinite)) {
    throw new EdgeL3Error('model_invalid', 'A BatchNorm in this Keras file has a negative or zero variance.');
  }
  return { scale, shift: scale.map((value, i) => beta[i] - mean[i] * value) };
}

/**
 * Brings a kernel from Keras' order (mel, time, in, out) to (out, in, mel, time), and joins its bias with the BatchNorm
 * after it, in double. The weights stay as they are.
 *
 * @param {Float64Array} kernel
 * @param {Float64Array} bias
 * @param {number} inputChannels
 * @param {number} outputChannels
 * @param {Affine} [normalisation]
 * @returns {Convolution}
 */
function toConvolution(kernel, bias, inputChannels, outputChannels, normalisation) {
  const weights = new Float32Array(kernel.length);
  let source = 0;
  for (let tap = 0; tap < 9; tap++) {
    for (let input = 0; input < inputChannels; input++) {
      for (let output = 0; output < outputChannels; output++) {
        weights[(output * inputChannels + input) * 9 + tap] = kernel[source++];
      }
    }
  }
  const scale = normalisation?.scale ?? new Float64Array(outputChannels).fill(1);
  const shift = bias.map((value, output) => value * scale[output] + (normalisation?.shift[output] ?? 0));
  return {
    inputChannels,
    outputChannels,
    weights,
    scale: Float32Array.from(scale),
    shift: Float32Array.from(shift),
  };
}
