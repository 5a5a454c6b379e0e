import { EdgeL3Error } from '../common/errors.js';

/** @import { Spectrogram } from './architectures.js' */

/**
 * Kapre up to 0.1.4 stores the Fourier kernels and the mel matrix as weights, and Keras reads them back. We compute them
 * instead, so a file whose own differ from the formulas is refused. The last bits may differ: other versions of
 * librosa round the mel matrix otherwise, by up to 7e-9 of 0.04.
 */

/** Of the largest number of an array, which is 1 in the kernels. */
const TOLERANCE = 4e-7;

/**
 * @param {{ real: Float64Array, imaginary: Float64Array, mel?: Float64Array }} stored kernels [sample][bin], matrix
 *   [bin][band]
 * @param {Spectrogram} spectrogram of kapre 0.1.4
 * @throws {EdgeL3Error} model_unsupported
 */
export function checkStoredFrontEnd({ real, imaginary, mel }, spectrogram) {
  const { fft_size: size } = spectrogram;
  const bins = size / 2 + 1;
  const window = Float64Array.from({ length: size }, (_, n) =>
    Math.fround(0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size)),
  );
  const cosines = Float64Array.from({ length: size }, (_, n) => Math.cos((2 * Math.PI * n) / size));
  const sines = Float64Array.from({ length: size }, (_, n) => Math.sin((2 * Math.PI * n) / size));
  for (let n = 0, at = 0; n < size; n++) {
    for (let bin = 0; bin < bins; bin++, at++) {
      const turn = (n * bin) % size;
      // The comparison is false for NaN too.
      const isReal = Math.abs(real[at] - cosines[turn] * window[n]) <= TOLERANCE;
      const isImaginary = Math.abs(imaginary[at] + sines[turn] * window[n]) <= TOLERANCE;
      if (!isReal || !isImaginary) throw differs('Fourier kernels');
    }
  }
  if (!mel) return;
  const expected = htkMatrix(spectrogram);
  const largest = expected.reduce((most, weight) => Math.max(most, weight));
  if (!mel.every((weight, index) => Math.abs(weight - expected[index]) <= TOLERANCE * largest)) {
    throw differs('mel matrix');
  }
}

/** @param {string} what */
function differs(what) {
  return new EdgeL3Error(
    'model_unsupported',
    `The ${what} stored in this Keras file are not those that kapre makes: it was trained with another front end.`.replace(
      'matrix stored in this Keras file are not those',
      'matrix stored in this Keras file is not the one',
    ),
  );
}

/**
 * Triangles of area 1 on the HTK mel scale: librosa's matrix before 0.7.
 *
 * @param {Spectrogram} spectrogram
 * @returns {Float64Array} [bin][band]
 */
function htkMatrix({ sample_rate: rate, fft_size: size, bands = 0 }) {
  const bins = size / 2 + 1;
  const highest = 2595 * Math.log10(1 + rate / 2 / 700);
  const corners = Float64Array.from(
    { length: bands + 2 },
    (_, i) => 700 * (10 ** ((highest * i) / (bands + 1) / 2595) - 1),
  );
  const matrix = new Float64Array(bins * bands);
  for (let bin = 0; bin < bins; bin++) {
    const hertz = (bin * rate) / size;
    for (let band = 0; band < bands; band++) {
      const [low, peak, high] = corners.subarray(band, band + 3);
      const height = Math.max(0, Math.min((hertz - low) / (peak - low), (high - hertz) / (high - peak)));
      matrix[bin * bands + band] = (height * 2) / (high - low);
    }
  }
  return matrix;
}
