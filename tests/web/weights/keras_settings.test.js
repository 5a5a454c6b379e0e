import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epsilonOf, readForm, readSettings, readSpectrogram } from '../../../web/weights/keras_settings.js';

const MEL = {
  sr: 8000,
  n_dft: 1024,
  n_hop: 160,
  n_mels: 64,
  padding: 'same',
  fmin: 0,
  fmax: 4000,
  htk: true,
  norm: 1,
};

/** Layers of a network: kind and settings. @param {number} [convolutions] */
function layersOf(convolutions = 8) {
  /** @type {[string, Record<string, unknown>][]} */
  const layers = [
    ['Melspectrogram', MEL],
    ['BatchNormalization', { name: 'first', epsilon: 0.25 }],
  ];
  for (let convolution = 1; convolution <= convolutions; convolution++) {
    layers.push(['Conv2D', { kernel_size: [3, 3], padding: 'same', activation: 'linear' }]);
    layers.push(['BatchNormalization', { epsilon: 0.5 }]);
    layers.push(['Activation', { activation: 'relu' }]);
    if (convolution % 2 === 0 && convolution < 8) layers.push(['MaxPooling2D', { pool_size: [2, 2] }]);
  }
  layers.push(['MaxPooling2D', { pool_size: [8, 3], strides: [8, 3] }]);
  return layers;
}

/** @param {unknown} config */
function fileWith(config) {
  return /** @type {any} */ ({ strings: () => [JSON.stringify(config)] });
}

/** @param {[string, Record<string, unknown>][]} layers */
function functional(layers) {
  const list = layers.map(([class_name, config]) => ({
    class_name,
    config,
    name: config.name ?? class_name,
  }));
  return fileWith({ class_name: 'Model', config: { name: 'audio_model', layers: list } });
}

test('Sequential models say the same as functional ones, old and new', () => {
  const list = layersOf().map(([class_name, config]) => ({
    class_name,
    config: { name: class_name, ...config },
  }));
  const expected = readSettings(functional(layersOf()));
  for (const config of [list, { name: 'sequential_1', layers: list }]) {
    const settings = readSettings(fileWith({ class_name: 'Sequential', config }));
    assert.deepEqual(readForm(settings), readForm(expected));
    assert.deepEqual(readSpectrogram(settings), readSpectrogram(expected));
    assert.equal(epsilonOf(settings, 'first'), 0.25);
  }
  assert.deepEqual(readForm(expected), { poolingAfter: [2, 4, 6], hasLastRelu: true, finalPooling: [8, 3] });
  assert.equal(readSpectrogram(expected)?.sample_rate, 8000);
});

test('a nested model stands where it is nested', () => {
  const inner = layersOf().map(([class_name, config]) => ({
    class_name,
    config: { name: class_name, ...config },
  }));
  const settings = readSettings(
    fileWith({ class_name: 'Model', config: { layers: [{ class_name: 'Sequential', config: inner }] } }),
  );
  assert.deepEqual(readForm(settings)?.poolingAfter, [2, 4, 6]);
});

test('what is computed otherwise is refused, with the name of the layer', () => {
  /** @type {[string, Record<string, unknown>, number][]} */
  const wrong = [
    ['Conv2D', { kernel_size: [5, 5] }, 2],
    ['Conv2D', { strides: [2, 2] }, 2],
    ['Conv2D', { padding: 'valid' }, 2],
    ['Conv2D', { activation: 'relu' }, 2],
    ['Conv2D', { data_format: 'channels_first' }, 2],
    ['Activation', { activation: 'tanh' }, 4],
    ['LeakyReLU', { alpha: 0.3 }, 4],
    ['ReLU', { max_value: 6 }, 4],
    ['AveragePooling2D', { pool_size: [2, 2] }, 8],
    ['MaxPooling2D', { pool_size: [3, 3] }, 8],
    ['MaxPooling2D', { pool_size: [2, 2], strides: [1, 1] }, 8],
    ['MaxPooling2D', { pool_size: [2, 2], padding: 'same' }, 8],
    ['BatchNormalization', { axis: 1 }, 3],
    ['BatchNormalization', { scale: false }, 3],
    ['Dropout', {}, 4],
  ];
  for (const [kind, config, index] of wrong) {
    const layers = layersOf();
    layers[index] = [kind, { name: 'this_one', ...config }];
    assert.throws(() => readForm(readSettings(functional(layers))), { code: 'model_unsupported' }, kind);
  }
  for (const setting of [
    { htk: false },
    { power_melgram: 2 },
    { fmax: 3999 },
    { n_dft: 0 },
    { sr: '8000' },
  ]) {
    const layers = layersOf();
    layers[0] = ['Melspectrogram', { ...MEL, ...setting }];
    assert.throws(() => readSpectrogram(readSettings(functional(layers))), { code: 'model_unsupported' });
  }
});

test('a model_config that is no model is an error or says nothing', () => {
  assert.throws(() => readSettings(/** @type {any} */ ({ strings: () => ['{'] })), { code: 'model_invalid' });
  for (const config of [null, 7, 'text', [], {}, { config: null }, { config: { layers: [] } }]) {
    assert.deepEqual(readSettings(fileWith(config)), []);
  }
  assert.throws(() => readSettings(fileWith({ config: [null] })), { code: 'model_invalid' });
});
