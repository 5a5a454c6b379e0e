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

test('a model file that was made otherwise is refused when it is loaded, also where nothing would show it', async () => {
  const bytes = await convertModel(goldenModel('sea64'));
  for (const layer of [1, 4, 8]) {
    for (const factor of [1e38, -1e38]) {
      const file = readSafetensors(bytes.slice());
      const { data } = file.tensors[`conv${layer}.weight`];
      // Minus infinity in some channels, of which a ReLU makes 0.
      data.set(
        data.map((weight, index) =>
          index < data.length / 4 ? Math.fround(-Math.abs(weight) * factor) : weight,
        ),
      );
      await assert.rejects(loadEmbeddingModel({ source: writeSafetensors(file), workers: 0 }), {
        code: 'model_invalid',
        message: new RegExp(`convolution ${layer} .* float32`),
      });
    }
  }
});

test('networks of which no layer is far too large are taken by both checks', async () => {
  const file = readSafetensors(await convertModel(goldenModel('sea64')));
  const { data } = file.tensors['conv8.weight'];
  data.set(data.map((weight) => weight * 1e6));
  const model = await loadEmbeddingModel({ source: writeSafetensors(file), workers: 0 });
  const { embedding } = await getEmbedding(sound(8000, 8000), 8000, { model });
  assert.ok(embedding.every(Number.isFinite));
  model.close();
});
