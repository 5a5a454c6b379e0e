/**
 * The networks of EdgeL3 (`edgel3/models.py`): eight 3x3 convolutions in four blocks, on a mel map in dB.
 *
 * @typedef {object} Architecture
 * @property {'sparse' | 'sea'} name
 * @property {number} sampleRate Hz; also the samples in a window of one second
 * @property {number} windowLength samples under one Fourier transform (`n_dft`)
 * @property {number} hopLength samples between two columns of the mel map (`n_hop`)
 * @property {number} melBands
 * @property {number[][]} widths output channels of the eight convolutions, one row for each published network
 * @property {boolean} lastIsNormalised whether convolution 8 is followed by BatchNorm and ReLU
 */

/** @type {Architecture} */
export const SEA = {
  name: 'sea',
  sampleRate: 8000,
  windowLength: 1024,
  hopLength: 160,
  melBands: 64,
  widths: [
    [32, 32, 64, 64, 128, 128, 64, 64],
    [32, 32, 64, 64, 128, 128, 128, 128],
    [32, 32, 64, 64, 128, 128, 256, 256],
    [64, 64, 128, 128, 256, 256, 512, 512],
  ],
  lastIsNormalised: true,
};

/** @type {Architecture} */
export const SPARSE = {
  name: 'sparse',
  sampleRate: 48000,
  windowLength: 2048,
  hopLength: 242,
  melBands: 256,
  widths: [[64, 64, 128, 128, 256, 256, 512, 512]],
  lastIsNormalised: false,
};
