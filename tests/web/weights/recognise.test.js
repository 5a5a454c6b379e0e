import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHdf5 } from '../../../web/weights/hdf5.js';
import { readKeras } from '../../../web/weights/keras.js';
import { IMAGE_AND_AUDIO_NETWORK, IMAGE_NETWORK, NESTED_IMAGE_NETWORK } from '../support/image_networks.js';
import { goldenModel, replaceText } from '../support/model_files.js';

/** @import { Identity } from '../../../web/weights/identity.js' */

/** Weights alone, of the shapes that all of OpenL3's networks and EdgeL3's sparse ones have. */
const openl3 = goldenModel('openl3');
/** A whole audio-visual model. */
const l3 = goldenModel('l3');
/** A whole model of widths and a front end of its own, with the arrays of kapre's layer. */
const own = goldenModel('own');

/** @param {Uint8Array} file @param {Identity} identity @param {string} [fileName] */
function identify(file, identity, fileName) {
  const { identity: known, description } = readKeras(file, identity, fileName);
  return { ...known, plane: description.spectrogram.scale, dimension: description.embedding_dimension };
}

test('a file without a front end is refused, and the message names the options', () => {
  for (const identity of /** @type {Identity[]} */ ([{}, { embDim: 512 }, { modelType: 'openl3' }])) {
    assert.throws(() => readKeras(openl3, identity), { code: 'model_unsupported', message: /inputRepr/ });
  }
});

test('options say which of OpenL3’s networks a file holds', () => {
  assert.deepEqual(identify(openl3, { modelType: 'openl3', inputRepr: 'mel128' }), {
    modelType: 'openl3',
    inputRepr: 'mel128',
    frontEnd: '0.4',
    plane: 'slaney',
    dimension: 6144,
  });
  assert.deepEqual(
    identify(openl3, { inputRepr: 'linear', contentType: 'env', embDim: 512, frontEnd: '0.3' }),
    {
      modelType: 'openl3',
      inputRepr: 'linear',
      contentType: 'env',
      frontEnd: '0.3',
      plane: 'linear',
      dimension: 512,
    },
  );
});

test('OpenL3’s own file names tell the same', () => {
  const old = 'models/openl3_audio_mel256_music-v0_2_0.h5.gz';
  assert.deepEqual(identify(openl3, {}, old), {
    modelType: 'openl3',
    inputRepr: 'mel256',
    contentType: 'music',
    frontEnd: '0.3',
    plane: 'htk',
    dimension: 6144,
  });
  assert.equal(identify(openl3, { frontEnd: '0.4' }, old).plane, 'slaney');
  assert.equal(identify(openl3, {}, 'openl3_audio_mel256_env.h5').frontEnd, '0.4');
  assert.throws(() => readKeras(openl3, { inputRepr: 'mel128' }, old), {
    code: 'option_invalid',
    message: /name/,
  });
});

test('the same shapes are EdgeL3’s if the caller says so', () => {
  assert.deepEqual(identify(openl3, { modelType: 'sparse' }), {
    modelType: 'sparse',
    plane: 'htk',
    dimension: 512,
  });
  assert.throws(() => readKeras(openl3, { modelType: 'sparse', embDim: 6144 }), {
    code: 'option_invalid',
    message: /512 numbers, not 6144/,
  });
  for (const identity of /** @type {Identity[]} */ ([
    { modelType: 'sparse', inputRepr: 'mel256' },
    { modelType: 'sparse', contentType: 'music' },
    { modelType: 'sparse', frontEnd: '0.4' },
  ])) {
    assert.throws(() => readKeras(openl3, identity), { code: 'option_invalid' });
  }
});

test('the audio part of an audio-visual model is found, whatever it is called', () => {
  const renamed = replaceText(replaceText(l3, 'audio_model', 'model_no_4x'), 'vision_model', 'audio_models');
  for (const file of [l3, renamed]) {
    assert.deepEqual(identify(file, { inputRepr: 'mel256' }), {
      modelType: 'l3',
      inputRepr: 'mel256',
      plane: 'htk',
      dimension: 512,
    });
  }
  assert.equal(identify(l3, { inputRepr: 'mel256', embDim: 6144 }).dimension, 6144);
  assert.throws(() => readKeras(l3), { code: 'model_unsupported', message: /inputRepr/ });
});

test('an image network is never taken for it', () => {
  /** @type {Identity[]} */
  const identities = [
    {},
    { inputRepr: 'mel256' },
    { modelType: 'sparse' },
    { modelType: 'openl3', inputRepr: 'linear' },
    { modelType: 'l3', inputRepr: 'mel256' },
  ];
  for (const identity of identities) {
    for (const file of [IMAGE_NETWORK, NESTED_IMAGE_NETWORK]) {
      assert.throws(() => readKeras(file, identity), { code: 'model_unsupported', message: /image network/ });
    }
  }
  const { convolutions } = readKeras(IMAGE_AND_AUDIO_NETWORK, { inputRepr: 'mel256' });
  assert.equal(convolutions[0].inputChannels, 1);
  for (const { weights } of convolutions) assert.ok(weights.every((weight) => weight === 0.5));
});

test('a network of one’s own is what its settings say', () => {
  const { identity, description } = readKeras(own);
  assert.deepEqual(identity, {});
  assert.deepEqual(description.convolutions, [8, 12, 16, 20, 24, 28, 32, 36]);
  assert.deepEqual(description.final_pooling, [2, 10]);
  assert.equal(description.embedding_dimension, 72);
  assert.equal(description.ends_with, 'relu');
  assert.equal(description.spectrogram.sample_rate, 16000);
  assert.throws(() => readKeras(own, { embDim: 512 }), { code: 'option_invalid' });
  assert.throws(() => readKeras(own, { modelType: 'sea' }), { code: 'option_invalid' });
});

test('settings that are not computed are refused', () => {
  for (const [from, to] of [
    ['"MaxPooling2D"', '"AvgPooling2D"'],
    ['"Activation"', '"Attivation"'],
    ['"pool_size": [2, 10]', '"pool_size": [3, 10]'],
    ['"n_mels": 20', '"n_mels": 21'],
  ]) {
    assert.throws(() => readKeras(replaceText(own, from, to)), /does not fit|other arrays|cannot|pool/, from);
  }
});

test('a front end that is stored otherwise than kapre makes it is refused', () => {
  // The mel matrix of another rate, and one number that is none.
  assert.throws(() => readKeras(replaceText(own, '"sr": 16000', '"sr": 22050')), /fmax|mel matrix/);
  const matrix =
    openHdf5(own).get('model_weights/melspectrogram_1/melspectrogram_1/Variable:0')?.readFloats() ?? [];
  const bytes = Buffer.from(Float32Array.from(matrix).buffer);
  const at = Buffer.from(own).indexOf(bytes);
  assert.ok(at > 0);
  for (const [value, code] of /** @type {const} */ ([
    [Number.NaN, 'model_invalid'],
    [0.01, 'model_unsupported'],
  ])) {
    const changed = Uint8Array.from(own);
    new DataView(changed.buffer).setFloat32(at + 4 * 500, value, true);
    assert.throws(() => readKeras(changed), { code });
  }
});
