import { EdgeL3Error } from '../common/errors.js';
import { explainDamage, openHdf5 } from './hdf5.js';
import { identityOfName, joinIdentities } from './identity.js';
import { findAudioNetwork, listLayers } from './keras_arrays.js';
import { epsilonOf, readForm, readSettings, readSpectrogram } from './keras_settings.js';
import { recognise } from './recognise.js';
import { checkStoredFrontEnd } from './stored_front_end.js';

/** @import { Spectrogram } from './architectures.js' */
/** @import { Identity } from './identity.js' */
/** @import { BatchNorm, NetworkArrays, Weight } from './keras_arrays.js' */
/** @import { LayerSettings } from './keras_settings.js' */
/** @import { Convolution, Network } from './model_file.js' */
/** @import { Found } from './recognise.js' */
/** @typedef {{ scale: Float64Array, shift: Float64Array }} Affine y = x * scale + shift, by channel */

/**
 * Reads a Keras weight file (`save` or `save_weights`) of a network of L3's form: EdgeL3's, OpenL3's, the audio part of
 * the original L3, or one of one's own. As in Keras, the order of the arrays counts, not their names; which network it
 * is follows from their shapes, from the settings and the front end that are stored with them, from the name of the
 * file and from what the caller says.
 *
 * @param {Uint8Array} bytes an HDF5 file
 * @param {Identity} [stated] what the caller says
 * @param {string} [fileName]
 * @returns {Network}
 * @throws {EdgeL3Error} model_invalid, model_unsupported, option_invalid
 */
export function readKeras(bytes, stated = {}, fileName = '') {
  try {
    const identity = joinIdentities(stated, identityOfName(fileName));
    const file = openHdf5(bytes);
    const arrays = findAudioNetwork(listLayers(file));
    // The settings of a whole audio-visual model are those of the image network too.
    const settings = arrays.isNested ? [] : readSettings(file);
    const found = describeFound(arrays, settings);
    checkSizes(found);
    const { description, identity: known, usesLastBatchNorm } = recognise(found, identity);
    if (arrays.frontEnd.length > 0) {
      checkArrays(arrays.frontEnd, {
        ...description.spectrogram,
        ...found.spectrogram,
        ...storedKind(arrays.frontEnd),
      });
    }
    return { description, identity: known, ...readNetwork(arrays, usesLastBatchNorm, settings) };
  } catch (cause) {
    if (cause instanceof EdgeL3Error) throw cause;
    throw new EdgeL3Error('model_invalid', `This Keras file cannot be read: ${explainDamage(cause)}.`, cause);
  }
}

/**
 * @param {NetworkArrays} arrays
 * @param {LayerSettings[]} settings
 * @returns {Found}
 */
function describeFound({ frontEnd, layers, isNested }, settings) {
  return {
    widths: layers.map(({ outputs }) => outputs),
    hasLastBatchNorm: layers[7].batchNorm !== undefined,
    isNested,
    stored: frontEnd.length > 0 ? sizesOf(frontEnd) : undefined,
    spectrogram: readSpectrogram(settings),
    form: readForm(settings),
  };
}

/**
 * @param {Found} found
 * @throws {EdgeL3Error} model_invalid if the front end's arrays are not those of its settings
 */
function checkSizes({ stored, spectrogram }) {
  if (!stored || !spectrogram) return;
  if (stored.size === spectrogram.fft_size && stored.bands === spectrogram.bands) return;
  throw new EdgeL3Error(
    'model_invalid',
    "The spectrogram layer of this Keras file holds other arrays than its 'model_config' says.",
  );
}

/** @param {Weight[]} frontEnd */
function sizesOf([kernels, , matrix]) {
  return { size: kernels.dataset.shape[0], bands: matrix?.dataset.shape[1] };
}

/**
 * What the stored arrays themselves are: those of kapre 0.1.4, whichever front end is computed.
 *
 * @param {Weight[]} frontEnd
 * @returns {Partial<Spectrogram>}
 */
function storedKind(frontEnd) {
  const { size, bands } = sizesOf(frontEnd);
  return { fft_size: size, bands, scale: bands === undefined ? 'linear' : 'htk' };
}

/**
 * @param {Weight[]} frontEnd
 * @param {Spectrogram} spectrogram
 */
function checkArrays(frontEnd, spectrogram) {
  const [real, imaginary, mel] = frontEnd.map(readValues);
  checkStoredFrontEnd({ real, imaginary, mel }, spectrogram);
}

/**
 * @param {NetworkArrays} arrays
 * @param {boolean} usesLastBatchNorm
 * @param {LayerSettings[]} settings
 */
function readNetwork({ input, layers }, usesLastBatchNorm, settings) {
  const readBatchNorm = (/** @type {BatchNorm} */ arrays) =>
    toAffine(arrays.map(readValues), epsilonOf(settings, arrays[0].layer));
  const { scale, shift } = readBatchNorm(input);
  const convolutions = layers.map(({ kernel, bias, batchNorm, inputs, outputs }, index) => {
    const isNormalised = batchNorm && (index < 7 || usesLastBatchNorm);
    const affine = isNormalised ? readBatchNorm(batchNorm) : undefined;
    return toConvolution(readValues(kernel), readValues(bias), inputs, outputs, affine);
  });
  return { inputScale: scale[0], inputShift: shift[0], convolutions };
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
