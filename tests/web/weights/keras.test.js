import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { openHdf5 } from '../../../web/weights/hdf5.js';
import { readKeras } from '../../../web/weights/keras.js';
import { goldenModel, publishedSea64, replaceText } from '../support/model_files.js';

const sea64 = goldenModel('sea64');

/** @param {Uint8Array} file @param {string} layer @param {string} name */
function values(file, layer, name) {
  return openHdf5(file).get(`model_weights/${layer}/${layer}/${name}:0`)?.readFloats() ?? [];
}

/** A copy of sea64 with other numbers at the beginning of an array. @param {string} layer @param {string} name @param {number} value */
function withValue(layer, name, value) {
  const start = Buffer.from(Float32Array.from(values(sea64, layer, name).slice(0, 4)).buffer);
  const at = Buffer.from(sea64).indexOf(start);
  const copy = Uint8Array.from(sea64);
  new DataView(copy.buffer).setFloat32(at, value, true);
  return copy;
}

for (const [network, modelType, dimension] of /** @type {const} */ ([
  ['sea64', 'sea', 64],
  ['sea256', 'sea', 256],
  ['sea512', 'sea', 512],
  ['sparse', 'sparse', 512],
])) {
  test(`${network} is recognised by its shapes and the front end of its settings`, () => {
    const { identity, description, convolutions } = readKeras(goldenModel(network));
    assert.deepEqual(identity, { modelType });
    assert.equal(description.embedding_dimension, dimension);
    assert.equal(convolutions.length, 8);
    assert.equal(convolutions[7].outputChannels, dimension);
  });
}

test('weights alone are refused until somebody says which front end they want', () => {
  const weights = goldenModel('sea128');
  assert.throws(() => readKeras(weights), { code: 'model_unsupported', message: /modelType/ });
  assert.deepEqual(readKeras(weights, { modelType: 'sea' }).identity, { modelType: 'sea' });
  assert.deepEqual(readKeras(weights, {}, 'at/edgel3_sea_ust_audio_emb_128.h5').identity, {
    modelType: 'sea',
  });
  assert.throws(() => readKeras(weights, {}, 'edgel3_sea_ust_audio_emb_64.h5'), { code: 'option_invalid' });
});

test("a kernel goes from Keras' order to (out, in, mel, time), its bias and the next BatchNorm beside it", () => {
  const { convolutions } = readKeras(sea64);
  const kernel = values(sea64, 'conv2d_2', 'kernel');
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map((name) =>
    values(sea64, 'batch_normalization_3', name),
  );
  const [out, input, mel, time] = [5, 17, 2, 1];
  const scale = gamma[out] / Math.sqrt(variance[out] + 1e-3);
  assert.equal(
    convolutions[1].weights[((out * 32 + input) * 3 + mel) * 3 + time],
    kernel[((mel * 3 + time) * 32 + input) * 32 + out],
  );
  const shift = (values(sea64, 'conv2d_2', 'bias')[out] - mean[out]) * scale + beta[out];
  assert.equal(convolutions[1].scale[out], Math.fround(scale));
  assert.ok(Math.abs(convolutions[1].shift[out] - shift) <= 2 ** -24 * Math.abs(shift));
});

test('the first BatchNorm stays apart', () => {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(
    (name) => values(sea64, 'batch_normalization_1', name)[0],
  );
  const { inputScale, inputShift } = readKeras(sea64);
  assert.equal(inputScale, gamma / Math.sqrt(variance + 1e-3));
  assert.equal(inputShift, beta - mean * inputScale);
});

test('the epsilon of model_config is used', () => {
  const other = replaceText(sea64, '"epsilon": 0.001', '"epsilon": 0.101');
  const [variance] = values(sea64, 'batch_normalization_1', 'moving_variance');
  const expected = Math.sqrt((variance + 1e-3) / (variance + 0.101));
  assert.ok(Math.abs(readKeras(other).inputScale / readKeras(sea64).inputScale / expected - 1) < 1e-12);
});

test('every zero of the source stays one, and no other weight becomes one', () => {
  const source = goldenModel('sparse');
  const zeros = (/** @type {ArrayLike<number>} */ array) =>
    Array.from(array).filter((value) => value === 0).length;
  const { convolutions } = readKeras(source);
  for (let layer = 1; layer < 8; layer++) {
    assert.equal(zeros(convolutions[layer - 1].weights), zeros(values(source, `conv2d_${layer}`, 'kernel')));
  }
});

test("a front end that is not EdgeL3's is refused", () => {
  for (const [from, to] of [
    ['"padding": "same"', '"padding": "full"'],
    ['"htk": true', '"htk": null'],
    ['"power_melgram": 1.0', '"power_melgram": 2.0'],
  ]) {
    assert.throws(() => readKeras(replaceText(sea64, from, to)), {
      code: 'model_unsupported',
      message: /melspectrogram_1.* it has/,
    });
  }
});

test('other networks and other HDF5 files are refused', () => {
  const other = replaceText(sea64, 'layer_names', 'layer_nameX');
  assert.throws(() => readKeras(other), { code: 'model_unsupported', message: /no Keras weight file/ });
  const without = replaceText(sea64, 'weight_names', 'weight_nameX');
  assert.throws(() => readKeras(without), { code: 'model_unsupported', message: /network of 0 arrays/ });
  const renamed = replaceText(sea64, 'conv2d_7/kernel:0', 'conv2d_7/kernel:1');
  assert.throws(() => readKeras(renamed), { code: 'model_invalid' });
});

test('numbers that cannot be are refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => readKeras(withValue('conv2d_3', 'kernel', value)), {
      code: 'model_invalid',
      message: /not finite/,
    });
  }
  assert.throws(() => readKeras(withValue('batch_normalization_4', 'moving_variance', -1)), {
    code: 'model_invalid',
    message: /variance/,
  });
});

test('a file cut off anywhere is refused', () => {
  for (let part = 0; part < 20; part++) {
    const length = Math.floor((sea64.length * part) / 20) + 8;
    assert.throws(() => readKeras(sea64.subarray(0, length)), { code: 'model_invalid' });
  }
});

const published = publishedSea64();
test("EdgeL3's own SEA-64", {
  skip: !published && 'EDGEL3_GOLDEN names no folder beside which it is',
}, () => {
  const read = readKeras(gunzipSync(/** @type {Uint8Array} */ (published)));
  assert.deepEqual(read.identity, { modelType: 'sea' });
  assert.equal(read.description.embedding_dimension, 64);
});
