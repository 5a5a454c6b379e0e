import { EdgeL3Error } from '../common/errors.js';
import { lastPlaneOf } from './architectures.js';

/** @import { Hdf5Object } from './hdf5.js' */
/** @import { Spectrogram } from './architectures.js' */

/** @typedef {{ name: string, kind: string, config: Record<string, unknown> }} LayerSettings one layer of `model_config` */

/**
 * What the settings of a network say, as far as they are there.
 *
 * @typedef {object} Form
 * @property {number[]} poolingAfter
 * @property {boolean} hasLastRelu
 * @property {[number, number] | undefined} finalPooling undefined for the whole plane
 */

const UNSUPPORTED = 'model_unsupported';

/** kapre's Melspectrogram up to 0.1.4: what a setting may be, first what it is where it is not there. */
const MEL_SETTINGS = {
  fmin: [0],
  power_melgram: [1],
  return_decibel_melgram: [true],
  htk: [true],
  norm: [1],
};
const LINEAR_SETTINGS = { power_spectrogram: [1], return_decibel_spectrogram: [true] };

const CONVOLUTION_SETTINGS = {
  kernel_size: [[3, 3]],
  strides: [[1, 1]],
  dilation_rate: [[1, 1]],
  padding: ['same'],
  activation: ['linear'],
  data_format: ['channels_last'],
  use_bias: [true],
};
const BATCH_NORM_SETTINGS = { axis: [-1, 3, [3]], center: [true], scale: [true] };
const RELU_SETTINGS = { activation: ['relu'], max_value: [null], negative_slope: [0], threshold: [0] };

/** Layers that leave what passes through them as it is when a network is used. */
const WITHOUT_EFFECT = [
  'InputLayer',
  'Dropout',
  'SpatialDropout2D',
  'GaussianNoise',
  'ActivityRegularization',
  'Flatten',
];

/**
 * @param {Hdf5Object} file
 * @returns {LayerSettings[]} of all layers, those of nested models in their place; empty without `model_config`
 * @throws {EdgeL3Error} model_invalid
 */
export function readSettings(file) {
  const [text] = file.strings('model_config') ?? [];
  if (text === undefined) return [];
  try {
    return flatten(JSON.parse(text));
  } catch (cause) {
    throw new EdgeL3Error(
      'model_invalid',
      'The settings (model_config) of this Keras file are not JSON of a model.',
      cause,
    );
  }
}

/**
 * @param {any} model a functional model, or a Sequential one, which up to Keras 2.2.2 is a mere list
 * @returns {LayerSettings[]}
 */
function flatten(model) {
  const layers = Array.isArray(model?.config) ? model.config : (model?.config?.layers ?? []);
  return layers.flatMap((/** @type {any} */ layer) => {
    const { class_name: kind, config = {} } = layer;
    if (kind === 'Model' || kind === 'Functional' || kind === 'Sequential') return flatten(layer);
    return { name: layer.name ?? config.name, kind, config };
  });
}

/**
 * The spectrogram that kapre's layer of a network makes.
 *
 * @param {LayerSettings[]} settings
 * @returns {Spectrogram | undefined} undefined if there is no such layer
 * @throws {EdgeL3Error} model_unsupported for what EdgeL3's front end does not compute
 */
export function readSpectrogram(settings) {
  const layer = settings.find(({ kind }) => kind === 'Melspectrogram' || kind === 'Spectrogram');
  if (!layer) return undefined;
  const { kind, config } = layer;
  const isMel = kind === 'Melspectrogram';
  const rate = whole(layer, 'sr', isMel ? undefined : 48000);
  check(layer, isMel ? { ...MEL_SETTINGS, fmax: [rate / 2, null] } : LINEAR_SETTINGS);
  check(layer, { padding: ['same', 'valid'] });
  /** @type {Spectrogram} */
  const common = {
    sample_rate: rate,
    fft_size: whole(layer, 'n_dft'),
    hop: whole(layer, 'n_hop'),
    padding: (config.padding ?? 'same') === 'same' ? 'same' : 'none',
    window: 'hann',
    scale: 'linear',
    decibel_floor: 1e-10,
    decibel_range: 80,
  };
  return isMel
    ? { ...common, scale: 'htk', norm: 'area', bands: whole(layer, 'n_mels'), summed: 'power' }
    : common;
}

/**
 * The poolings and activations of a network, checked to be of its form.
 *
 * @param {LayerSettings[]} settings
 * @returns {Form | undefined} undefined where there are no settings
 * @throws {EdgeL3Error} model_unsupported
 */
export function readForm(settings) {
  if (settings.length === 0) return undefined;
  let convolutions = 0;
  let hasRelu = true;
  /** @type {Form} */
  const form = { poolingAfter: [], hasLastRelu: false, finalPooling: undefined };
  for (const layer of settings) {
    const { kind } = layer;
    switch (kind) {
      case 'Conv2D':
        check(layer, CONVOLUTION_SETTINGS);
        if (!hasRelu) throw unlike(layer, 'no ReLU comes before it');
        convolutions++;
        hasRelu = false;
        break;
      case 'BatchNormalization':
        check(layer, BATCH_NORM_SETTINGS);
        if (hasRelu && convolutions > 0)
          throw unlike(layer, 'it does not come directly behind a convolution');
        break;
      case 'Activation':
      case 'ReLU':
        check(layer, RELU_SETTINGS);
        hasRelu = true;
        form.hasLastRelu = convolutions === 8;
        break;
      case 'MaxPooling2D':
        readPooling(layer, convolutions, hasRelu, form);
        break;
      case 'GlobalMaxPooling2D':
        if (convolutions < 8) throw unlike(layer, 'convolutions come behind it');
        break;
      case 'Melspectrogram':
      case 'Spectrogram':
        if (convolutions > 0) throw unlike(layer, 'it does not come first');
        break;
      default:
        if (!WITHOUT_EFFECT.includes(kind)) throw unlike(layer, 'edgel3 has no such layer');
    }
  }
  return form;
}

/**
 * @param {LayerSettings} layer
 * @param {number} convolutions before it
 * @param {boolean} hasRelu
 * @param {Form} form receives what it says
 */
function readPooling(layer, convolutions, hasRelu, form) {
  const size = /** @type {[number, number] | undefined} */ (layer.config.pool_size);
  if (convolutions === 8) {
    check(layer, { strides: [size ?? null, null], data_format: ['channels_last'] });
    form.finalPooling = size;
    return;
  }
  check(layer, {
    pool_size: [[2, 2]],
    strides: [[2, 2], null],
    padding: ['valid'],
    data_format: ['channels_last'],
  });
  if (!hasRelu) throw unlike(layer, 'no ReLU comes before it');
  if (form.poolingAfter.at(-1) === convolutions)
    throw unlike(layer, 'another pooling comes directly before it');
  form.poolingAfter.push(convolutions);
}

/**
 * @param {Spectrogram} spectrogram
 * @param {Form | undefined} form
 * @returns {[number, number]} what one place of the embedding covers
 */
export function finalPoolingOf(spectrogram, form) {
  return form?.finalPooling ?? lastPlaneOf(spectrogram, form?.poolingAfter ?? [2, 4, 6]);
}

/**
 * BatchNorm's epsilon. Keras 2.3.1's default is what every EdgeL3 file has.
 *
 * @param {LayerSettings[]} settings
 * @param {string} layer
 */
export function epsilonOf(settings, layer) {
  return Number(settings.find(({ name }) => name === layer)?.config.epsilon ?? 1e-3);
}

/**
 * @param {LayerSettings} layer
 * @param {Record<string, unknown[]>} allowed what each setting may be, if it is there
 */
function check(layer, allowed) {
  for (const [setting, values] of Object.entries(allowed)) {
    const value = layer.config[setting];
    if (value === undefined) continue;
    if (!values.some((one) => JSON.stringify(one) === JSON.stringify(value))) {
      throw unlike(layer, `it has ${setting} = ${JSON.stringify(value)}, not ${JSON.stringify(values[0])}`);
    }
  }
}

/**
 * @param {LayerSettings} layer
 * @param {string} setting
 * @param {number} [fallback]
 * @returns {number}
 */
function whole(layer, setting, fallback) {
  const value = layer.config[setting] ?? fallback;
  if (Number.isSafeInteger(value) && Number(value) > 0) return Number(value);
  throw unlike(layer, `its ${setting} is ${JSON.stringify(value) ?? 'missing'}`);
}

/**
 * @param {LayerSettings} layer
 * @param {string} why
 */
function unlike({ name, kind }, why) {
  return new EdgeL3Error(
    UNSUPPORTED,
    `The layer '${name}' (${kind}) of this Keras file does not fit a network of EdgeL3's form: ${why}.`,
  );
}
