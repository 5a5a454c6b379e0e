import { EdgeL3Error } from '../common/errors.js';
import { describeNetwork, KNOWN_NETWORKS, SPECTROGRAMS } from './architectures.js';
import { contradiction } from './identity.js';
import { finalPoolingOf } from './keras_settings.js';

/** @import { KnownNetwork, ModelType, NetworkDescription, Spectrogram } from './architectures.js' */
/** @import { Identity } from './identity.js' */
/** @import { Form } from './keras_settings.js' */

/**
 * What was found in a Keras file.
 *
 * @typedef {object} Found
 * @property {number[]} widths output channels of the eight convolutions
 * @property {boolean} hasLastBatchNorm
 * @property {boolean} isNested
 * @property {{ size: number, bands: number | undefined } | undefined} stored the front end whose arrays are stored
 * @property {Spectrogram | undefined} spectrogram the one that the settings state
 * @property {Form | undefined} form what the settings state of the rest
 */

/**
 * @typedef {object} Recognised
 * @property {NetworkDescription} description
 * @property {Identity} identity what the network is known as; empty for one of one's own
 * @property {boolean} usesLastBatchNorm
 */

/** OpenL3's and EdgeL3's own defaults, where a model is asked for without a width. */
const DEFAULT_DIMENSION = { openl3: 6144, l3: 512, sparse: 512 };

/**
 * Finds out which network a Keras file holds. What the file itself says is checked against what the caller says; what
 * neither says is never guessed.
 *
 * @param {Found} found
 * @param {Identity} identity
 * @returns {Recognised}
 * @throws {EdgeL3Error} model_unsupported, option_invalid
 */
export function recognise(found, identity) {
  const spectrogram = found.spectrogram ?? spectrogramOfArrays(found);
  const modelType = identity.modelType ?? typeOf(found, spectrogram, identity);
  checkOptions(modelType, identity);
  const candidates = KNOWN_NETWORKS.filter(
    (network) => network.model_type === modelType && fits(network, found),
  );
  if (candidates.length === 0) return recogniseOwn(found, spectrogram, { ...identity, modelType });
  const network = pick(candidates, spectrogram, { ...identity, modelType });
  const { embDim = DEFAULT_DIMENSION[/** @type {'l3'} */ (modelType)] ?? found.widths[7] } = identity;
  return {
    description: describeNetwork(network, dimensionOf(network, found.form, embDim, identity)),
    identity: {
      modelType,
      ...(network.input_repr && { inputRepr: network.input_repr }),
      ...(network.front_end && { frontEnd: network.front_end }),
      ...(modelType === 'openl3' && identity.contentType && { contentType: identity.contentType }),
    },
    usesLastBatchNorm: network.last_batch_norm === 'used',
  };
}

/**
 * Whether a network's shapes are a known one's, and its settings, where there are any.
 *
 * @param {KnownNetwork} network
 * @param {Found} found
 */
function fits(network, { widths, hasLastBatchNorm, form }) {
  const isFormKnown =
    !form ||
    (String(form.poolingAfter) === String(network.pooling_after) &&
      (form.hasLastRelu || network.last_batch_norm !== 'used') &&
      (!form.hasLastRelu || network.last_batch_norm !== 'absent') &&
      (!form.finalPooling ||
        Object.values(network.final_pooling).some((size) => String(size) === String(form.finalPooling))));
  return (
    isFormKnown &&
    String(network.convolutions) === String(widths) &&
    (network.last_batch_norm === 'absent') !== hasLastBatchNorm
  );
}

/**
 * A whole model says where it pools.
 *
 * @param {KnownNetwork} network
 * @param {Form | undefined} form
 * @param {number} embDim
 * @param {Identity} identity
 */
function dimensionOf(network, form, embDim, identity) {
  if (!form?.finalPooling || identity.embDim !== undefined) return embDim;
  const stated = Object.entries(network.final_pooling).find(
    ([, size]) => String(size) === String(form.finalPooling),
  );
  return stated ? Number(stated[0]) : embDim;
}

/**
 * kapre stored its arrays up to 0.1.4 only, so they tell the front end but for its rate and hop, and these are known.
 *
 * @param {Found} found
 * @returns {Spectrogram | undefined} undefined if no arrays are stored
 */
function spectrogramOfArrays({ stored }) {
  if (!stored) return undefined;
  const { size, bands } = stored;
  const known = Object.values(SPECTROGRAMS).find(
    (spectrogram) =>
      spectrogram.window === 'hann' && spectrogram.fft_size === size && spectrogram.bands === bands,
  );
  if (known) return known;
  throw new EdgeL3Error(
    'model_unsupported',
    `This Keras file has a spectrogram of ${bands ?? size / 2 + 1} bands from ${size} samples but not its rate and hop; ` +
      "save the whole model, whose 'model_config' says them.",
  );
}

/**
 * @param {Found} found
 * @param {Spectrogram | undefined} spectrogram
 * @param {Identity} identity
 * @returns {ModelType | undefined} undefined for a network that is none of the known ones
 * @throws {EdgeL3Error} model_unsupported where several are possible
 */
function typeOf(found, spectrogram, identity) {
  if (found.isNested) return 'l3';
  // OpenL3's own options ask for OpenL3's networks.
  if (identity.contentType !== undefined || identity.frontEnd !== undefined) return 'openl3';
  if (identity.inputRepr !== undefined) return found.hasLastBatchNorm ? 'l3' : 'openl3';
  if (!spectrogram) throw ambiguous(found);
  const types = KNOWN_NETWORKS.filter(
    (network) =>
      SPECTROGRAMS[network.spectrogram].window === 'hann' &&
      isSame(SPECTROGRAMS[network.spectrogram], spectrogram) &&
      fits(network, found),
  ).map((network) => network.model_type);
  // OpenL3's mel256 network of 0.3 is EdgeL3's in all but its weights: the 512 numbers are the same.
  if (types.includes('sparse')) return 'sparse';
  return types[0];
}

/** @param {Found} found */
function ambiguous({ hasLastBatchNorm, widths }) {
  const options = hasLastBatchNorm
    ? "modelType 'sea', or 'l3' with inputRepr,"
    : "modelType 'openl3' with inputRepr, or 'sparse' for EdgeL3,";
  return new EdgeL3Error(
    'model_unsupported',
    `Nothing in this Keras file tells which front end its network (${widths[7]} channels at the end) was trained with: ` +
      `it has no spectrogram layer. Say it by ${options} on the command line --model-type and --input-repr.`,
  );
}

/**
 * @param {ModelType | undefined} modelType
 * @param {Identity} identity
 */
function checkOptions(modelType, { contentType, inputRepr, frontEnd }) {
  const wrong = (/** @type {string} */ option, /** @type {string} */ kinds) =>
    new EdgeL3Error(
      'option_invalid',
      `${option} is for ${kinds} only; this is ${modelType ? `a ${modelType}` : 'an own'} network.`,
    );
  if (modelType !== 'openl3' && contentType !== undefined) throw wrong('contentType', "modelType 'openl3'");
  if (modelType !== 'openl3' && frontEnd !== undefined) throw wrong('frontEnd', "modelType 'openl3'");
  if (modelType !== 'openl3' && modelType !== 'l3' && inputRepr !== undefined) {
    throw wrong('inputRepr', "modelType 'openl3' and 'l3'");
  }
}

/**
 * The one of a type's networks that has the file's front end, or that the caller names.
 *
 * @param {KnownNetwork[]} candidates
 * @param {Spectrogram | undefined} spectrogram
 * @param {Identity} identity
 * @returns {KnownNetwork}
 */
function pick(candidates, spectrogram, { modelType, inputRepr, frontEnd }) {
  const own =
    spectrogram && candidates.find((network) => isSame(SPECTROGRAMS[network.spectrogram], spectrogram));
  if (spectrogram && !own) {
    throw contradiction('modelType', modelType, 'the spectrogram of this Keras file is another');
  }
  const repr = own?.input_repr ?? inputRepr;
  if (repr !== undefined && inputRepr !== undefined && repr !== inputRepr) {
    throw contradiction('inputRepr', inputRepr, `this Keras file is of a '${repr}' network`);
  }
  const ofRepr = candidates.filter((network) => network.input_repr === repr);
  if (ofRepr.length === 0) {
    throw new EdgeL3Error(
      'model_unsupported',
      `Nothing in this Keras file tells which spectrogram its network was trained with. Say it by inputRepr: ` +
        "'linear', 'mel128' or 'mel256' (on the command line --input-repr).",
    );
  }
  const version = frontEnd ?? (own ? own.front_end : '0.4');
  return ofRepr.find((network) => network.front_end === version) ?? ofRepr[0];
}

/**
 * A network of this form that nobody has published.
 *
 * @param {Found} found
 * @param {Spectrogram | undefined} stated
 * @param {Identity} identity
 * @returns {Recognised}
 */
function recogniseOwn(found, stated, { modelType, inputRepr, frontEnd, embDim }) {
  const { widths, hasLastBatchNorm, form } = found;
  const known = KNOWN_NETWORKS.find(
    (network) =>
      network.model_type === modelType &&
      (inputRepr === undefined || network.input_repr === inputRepr) &&
      (network.front_end === undefined || network.front_end === (frontEnd ?? '0.4')),
  );
  const spectrogram = stated ?? (known && SPECTROGRAMS[known.spectrogram]);
  if (!spectrogram || (!stated && known?.input_repr && !inputRepr)) throw ambiguous(found);
  if (known && !isSame(SPECTROGRAMS[known.spectrogram], spectrogram)) {
    const [option, value] = inputRepr ? ['inputRepr', inputRepr] : ['modelType', modelType];
    throw contradiction(option, value, 'the spectrogram of this Keras file is another');
  }
  if (hasLastBatchNorm && !form && !modelType && spectrogram.sample_rate !== 8000) {
    throw new EdgeL3Error(
      'model_unsupported',
      "This Keras file does not tell whether its embedding is taken before the last BatchNorm, as L3's, or behind it, as " +
        "SEA's. Say it by modelType 'l3' or 'sea', or save the whole model.",
    );
  }
  const usesLastBatchNorm = hasLastBatchNorm && modelType !== 'l3';
  const poolingAfter = form?.poolingAfter ?? [2, 4, 6];
  const final = finalPoolingOf(spectrogram, form);
  const whole = finalPoolingOf(spectrogram, form && { ...form, finalPooling: undefined });
  const places = Math.floor(whole[0] / final[0]) * Math.floor(whole[1] / final[1]);
  const dimension = places * widths[7];
  if (embDim !== undefined && embDim !== dimension) {
    throw contradiction('embDim', embDim, `this network gives ${dimension} numbers`);
  }
  return {
    description: {
      spectrogram,
      convolutions: widths,
      pooling_after: poolingAfter,
      ends_with: usesLastBatchNorm && (form ? form.hasLastRelu : true) ? 'relu' : 'linear',
      final_pooling: final,
      embedding_dimension: dimension,
    },
    identity: {},
    usesLastBatchNorm,
  };
}

/**
 * @param {Spectrogram} a
 * @param {Spectrogram} b
 */
function isSame(a, b) {
  const keys = /** @type {(keyof Spectrogram)[]} */ (Object.keys({ ...a, ...b }));
  return keys.every((key) => a[key] === b[key]);
}
