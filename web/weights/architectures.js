import architectures from '../../models/architectures.json' with { type: 'json' };
import { EdgeL3Error } from '../common/errors.js';

/**
 * How one second of audio becomes a plane in decibels (docs/model-file.md says what each field means).
 *
 * @typedef {object} Spectrogram
 * @property {number} sample_rate Hz; also the samples in a window
 * @property {number} fft_size samples under one Fourier transform
 * @property {number} hop samples from one column to the next
 * @property {'none' | 'same' | 'end'} padding where zeros stand that columns need beyond the window
 * @property {'hann' | 'hann_float32'} window
 * @property {'linear' | 'htk' | 'slaney'} scale of the bands
 * @property {'area'} [norm] of mel filters
 * @property {number} [bands] how many mel filters
 * @property {'power' | 'magnitude'} [summed] what a mel filter sums
 * @property {number} decibel_floor
 * @property {number} decibel_range
 */

/**
 * What a network computes, as it stands in a model file under `network`.
 *
 * @typedef {object} NetworkDescription
 * @property {Spectrogram} spectrogram
 * @property {number[]} convolutions output channels of the eight
 * @property {number[]} pooling_after the convolutions, from 1, that a pooling follows
 * @property {'relu' | 'linear'} ends_with what follows the last convolution
 * @property {[number, number]} final_pooling bands and frames of the last plane under one place of the embedding
 * @property {number} embedding_dimension
 */

/** @typedef {'sea' | 'sparse' | 'openl3' | 'l3'} ModelType Whose network it is: EdgeL3's ('sea' and 'sparse'), OpenL3's or the original L3. */
/** @typedef {'linear' | 'mel128' | 'mel256'} InputRepr What spectrogram an OpenL3 or L3 network gets. */
/** @typedef {'0.3' | '0.4'} FrontEnd The version of openl3 up to which, or from which on, it computes the spectrogram so. */

/**
 * @typedef {object} KnownNetwork
 * @property {ModelType} model_type
 * @property {InputRepr} [input_repr]
 * @property {FrontEnd} [front_end]
 * @property {string} spectrogram
 * @property {number[]} convolutions
 * @property {number[]} pooling_after
 * @property {'used' | 'unused' | 'absent'} last_batch_norm behind the last convolution: with a ReLU; only in the file,
 *   since the embedding is taken before; not there
 * @property {Record<string, [number, number]>} final_pooling by embedding dimension
 */

/** The networks that have been published, by type (docs/models.md has the same as a table). */
export const KNOWN_NETWORKS = /** @type {KnownNetwork[]} */ (/** @type {unknown} */ (architectures.networks));

export const SPECTROGRAMS = /** @type {Record<string, Spectrogram>} */ (
  /** @type {unknown} */ (architectures.spectrograms)
);

/**
 * The description of a known network with one of its embedding dimensions.
 *
 * @param {KnownNetwork} network
 * @param {number} embeddingDimension
 * @returns {NetworkDescription}
 * @throws {EdgeL3Error} option_invalid if it has no such dimension
 */
export function describeNetwork(network, embeddingDimension) {
  const final = network.final_pooling[embeddingDimension];
  if (!final) {
    const dimensions = Object.keys(network.final_pooling).join(' or ');
    throw new EdgeL3Error(
      'option_invalid',
      `This ${network.model_type} network gives ${dimensions} numbers, not ${embeddingDimension}; change embDim.`,
    );
  }
  return {
    spectrogram: SPECTROGRAMS[network.spectrogram],
    convolutions: network.convolutions,
    pooling_after: network.pooling_after,
    ends_with: network.last_batch_norm === 'used' ? 'relu' : 'linear',
    final_pooling: final,
    embedding_dimension: embeddingDimension,
  };
}

/**
 * Bands and frames of a spectrogram, which is the input plane of a network.
 *
 * @param {Spectrogram} spectrogram
 * @returns {[number, number]}
 */
export function planeOf({ sample_rate, fft_size, hop, padding, bands }) {
  const frames =
    padding === 'none' ? 1 + Math.floor((sample_rate - fft_size) / hop) : Math.ceil(sample_rate / hop);
  return [bands ?? fft_size / 2 + 1, frames];
}

/**
 * Bands and frames of the plane that the last convolution puts out.
 *
 * @param {Spectrogram} spectrogram
 * @param {number[]} poolingAfter
 * @returns {[number, number]}
 */
export function lastPlaneOf(spectrogram, poolingAfter) {
  const [bands, frames] = planeOf(spectrogram);
  const shrink = 2 ** poolingAfter.length;
  return [Math.floor(bands / shrink), Math.floor(frames / shrink)];
}
