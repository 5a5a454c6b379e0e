import { EdgeL3Error } from '../common/errors.js';
import { BUILD_AND_SAVE_AS_H5 } from './foreign_files.js';

/** @import { Hdf5Object } from './hdf5.js' */

/** @typedef {{ layer: string, name: string, dataset: Hdf5Object }} Weight one array of a layer, in Keras' order */
/** @typedef {[gamma: Weight, beta: Weight, mean: Weight, variance: Weight]} BatchNorm */
/** @typedef {{ kernel: Weight, bias: Weight, batchNorm: BatchNorm | undefined, inputs: number, outputs: number }} Layer */

/**
 * The arrays of an audio network of L3's form.
 *
 * @typedef {object} NetworkArrays
 * @property {Weight[]} frontEnd kapre's: none, or real and imaginary Fourier kernels and, if it has mel bands, the matrix
 * @property {BatchNorm} input
 * @property {Layer[]} layers eight
 * @property {boolean} isNested whether it is a part of a larger model
 */

/** A larger model than this is none that we know. */
const MAX_ARRAYS = 1000;
const CONVOLUTIONS = 8;

/**
 * @param {Hdf5Object} file
 * @returns {Weight[][]} the arrays of each layer, in the order of `layer_names`
 * @throws {EdgeL3Error} model_invalid, model_unsupported
 */
export function listLayers(file) {
  // `save` puts the layers into a group, `save_weights` into the root.
  const group = readNames(file, 'layer_names') ? file : (file.get('model_weights') ?? file);
  const layers = readNames(group, 'layer_names');
  if (!layers) {
    const isKeras3 =
      file.get('layers') !== undefined || file.get('_layer_checkpoint_dependencies') !== undefined;
    throw new EdgeL3Error(
      'model_unsupported',
      isKeras3
        ? `This file holds weights as Keras 3 saves them (.weights.h5), and ${BUILD_AND_SAVE_AS_H5}.`
        : "This HDF5 file has no 'layer_names': it is no Keras weight file.",
    );
  }
  let count = 0;
  return layers.map((layer) => {
    const layerGroup = getMember(group, layer);
    const names = readNames(layerGroup, 'weight_names') ?? [];
    count += names.length;
    if (count > MAX_ARRAYS) throw unknownNetwork(count);
    // A nested model's arrays are named after its own layers.
    return names.map((name) => ({
      layer: name.split('/').at(-2) ?? layer,
      name,
      dataset: getMember(layerGroup, name),
    }));
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
 * Finds the audio network in a file, by shapes and order as Keras loads weights, never by name: all layers one after
 * the other, or one nested model of which Keras lists all trainable arrays before the others.
 *
 * @param {Weight[][]} layers
 * @returns {NetworkArrays}
 * @throws {EdgeL3Error} model_unsupported
 */
export function findAudioNetwork(layers) {
  const all = layers.flat();
  const plain = readPlain(all);
  if (plain) return plain;
  const nested = layers.flatMap((weights) => readNested(weights) ?? []);
  if (nested.length === 1) return nested[0];
  throw hasImageNetwork(all)
    ? new EdgeL3Error(
        'model_unsupported',
        'This Keras file holds an image network of L3 or OpenL3; edgel3 reads their audio networks.',
      )
    : unknownNetwork(all.length);
}

/** @param {number} arrays */
function unknownNetwork(arrays) {
  return new EdgeL3Error(
    'model_unsupported',
    `This Keras file holds a network of ${arrays} arrays that does not have the form of EdgeL3, OpenL3 and L3: ` +
      'a BatchNorm, then eight 3x3 convolutions with a BatchNorm behind each.',
  );
}

/** @param {Weight[]} weights */
function hasImageNetwork(weights) {
  return weights.some(
    ({ dataset: { shape } }) => shape.length === 4 && shape[0] === 3 && shape[1] === 3 && shape[2] === 3,
  );
}

/** Goes through arrays and takes those that have the shape it is asked for. */
class Reader {
  #weights;
  position;

  /**
   * @param {Weight[]} weights
   * @param {number} [position]
   */
  constructor(weights, position = 0) {
    this.#weights = weights;
    this.position = position;
  }

  get isAtEnd() {
    return this.position >= this.#weights.length;
  }

  /** @returns {number[]} the shape of the next array */
  get shape() {
    return this.#weights[this.position]?.dataset.shape ?? [];
  }

  /**
   * @param {...number[]} shapes
   * @returns {Weight[] | undefined} undefined, and nothing taken, if the next arrays have others
   */
  take(...shapes) {
    const next = this.#weights.slice(this.position, this.position + shapes.length);
    if (JSON.stringify(next.map(({ dataset }) => dataset.shape)) !== JSON.stringify(shapes)) return undefined;
    this.position += shapes.length;
    return next;
  }

  /** @returns {{ kernel: Weight, bias: Weight, outputs: number } | undefined} of a convolution of `inputs` channels */
  takeConvolution(/** @type {number} */ inputs) {
    const outputs = this.shape[3];
    const taken = this.take([3, 3, inputs, outputs], [outputs]);
    return taken && { kernel: taken[0], bias: taken[1], outputs };
  }

  /** @returns {Weight[]} the arrays of kapre's layer, if they come next */
  takeFrontEnd() {
    const [size] = this.shape;
    const bins = size / 2 + 1;
    const kernels = this.take([size, 1, 1, bins], [size, 1, 1, bins]);
    if (!kernels) return [];
    return [...kernels, ...(this.shape.length === 2 ? (this.take([bins, this.shape[1]]) ?? []) : [])];
  }
}

/**
 * @param {Weight[]} weights
 * @returns {NetworkArrays | undefined} undefined if they are another network's
 */
function readPlain(weights) {
  const reader = new Reader(weights);
  const takeBatchNorm = (/** @type {number} */ channels) =>
    /** @type {BatchNorm | undefined} */ (reader.take(...Array(4).fill([channels])));
  const frontEnd = reader.takeFrontEnd();
  const input = takeBatchNorm(1);
  /** @type {Layer[]} */
  const layers = [];
  for (let inputs = 1; input && layers.length < CONVOLUTIONS; ) {
    const convolution = reader.takeConvolution(inputs);
    if (!convolution) return undefined;
    const batchNorm = takeBatchNorm(convolution.outputs);
    layers.push({ ...convolution, batchNorm, inputs });
    if (!batchNorm && layers.length < CONVOLUTIONS) return undefined;
    inputs = convolution.outputs;
  }
  return input && reader.isAtEnd ? { frontEnd, input, layers, isNested: false } : undefined;
}

/**
 * @param {Weight[]} weights of a nested model, or of one that nests it: first gamma, beta, kernel, bias, gamma, beta, …
 *   of all its parts, later the front end's arrays and mean, variance, mean, …
 * @returns {NetworkArrays | undefined}
 */
function readNested(weights) {
  for (let start = 0; start + 2 < weights.length; start++) {
    const trainable = readTrainable(new Reader(weights, start));
    if (!trainable) continue;
    for (let rest = trainable.end; rest < weights.length; rest++) {
      const network = readMoments(new Reader(weights, rest), trainable);
      if (network) return network;
    }
  }
  return undefined;
}

/** @typedef {{ kernel: Weight, bias: Weight, outputs: number, inputs: number, affine: Weight[] | undefined }} Trainable */

/**
 * @param {Reader} reader
 * @returns {{ input: Weight[], layers: Trainable[], end: number } | undefined}
 */
function readTrainable(reader) {
  const input = reader.take([1], [1]);
  /** @type {Trainable[]} */
  const layers = [];
  for (let inputs = 1; input && layers.length < CONVOLUTIONS; ) {
    const convolution = reader.takeConvolution(inputs);
    if (!convolution) return undefined;
    const affine = reader.take([convolution.outputs], [convolution.outputs]);
    layers.push({ ...convolution, inputs, affine });
    if (!affine && layers.length < CONVOLUTIONS) return undefined;
    inputs = convolution.outputs;
  }
  return input && { input, layers, end: reader.position };
}

/**
 * @param {Reader} reader
 * @param {{ input: Weight[], layers: Trainable[] }} trainable
 * @returns {NetworkArrays | undefined}
 */
function readMoments(reader, { input, layers }) {
  const join = (/** @type {Weight[]} */ affine, /** @type {number} */ channels) => {
    const moments = reader.take([channels], [channels]);
    return moments && /** @type {BatchNorm} */ ([...affine, ...moments]);
  };
  const frontEnd = reader.takeFrontEnd();
  const first = join(input, 1);
  if (!first) return undefined;
  /** @type {Layer[]} */
  const joined = [];
  for (const { affine, ...layer } of layers) {
    const batchNorm = affine && join(affine, layer.outputs);
    if (affine && !batchNorm) return undefined;
    joined.push({ ...layer, batchNorm });
  }
  return { frontEnd, input: first, layers: joined, isNested: true };
}
