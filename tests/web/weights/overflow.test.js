import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertModel, getEmbedding, loadEmbeddingModel } from 'edgel3';
import { readKeras } from '../../../web/weights/keras.js';
import { checkOverflow } from '../../../web/weights/overflow.js';
import { readSafetensors, writeSafetensors } from '../../../web/weights/safetensors.js';
import { goldenModel } from '../support/model_files.js';
import { sound } from '../support/sounds.js';

test('finite weights whose sums overflow are refused, wherever they stand; others are not', () => {
  const network = readKeras(goldenModel('sea64'));
  checkOverflow(network);
  for (let layer = 0; layer < 8; layer++) {
    for (const [factor, isRefused] of /** @type {const} */ ([
      [1e6, false],
      [1e38, true],
    ])) {
      const convolutions = network.convolutions.map((convolution, index) =>
        index === layer
          ? { ...convolution, weights: convolution.weights.map((weight) => Math.fround(weight * factor)) }
          : convolution,
      );
      const check = () => checkOverflow({ ...network, convolutions });
      if (isRefused) assert.throws(check, { code: 'model_invalid', message: /convolution \d .* float32\.$/ });
      else check();
    }
  }
  for (const inputShift of [1e38, Number.POSITIVE_INFINITY, Number.NaN]) {
    assert.throws(() => checkOverflow({ ...network, inputShift }), { code: 'model_invalid' });
  }
});

test('a model file that was made otherwise ends in an error as soon as a number is infinite', async () => {
  const file = readSafetensors(await convertModel(goldenModel('sea64')));
  const { data } = file.tensors['conv8.weight'];
  data.set(data.map((weight) => weight * 1e38));
  const model = await loadEmbeddingModel({ source: writeSafetensors(file), workers: 0 });
  await assert.rejects(getEmbedding(sound(8000, 8000), 8000, { model }), { code: 'model_invalid' });
  model.close();
});
