import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOptions } from '../../../web/common/options.js';
import { findPublishedNetwork, SELECTION_KINDS } from '../../../web/published/names.js';

/** @param {import('../../../web/published/names.js').Selection} selection */
const nameOf = (selection) => findPublishedNetwork(selection).name;

test('names are those of the published files', () => {
  assert.equal(nameOf({}), 'edgel3_ft_audio_sparsity_95.45');
  assert.equal(nameOf({ retrainType: 'kd', sparsity: 87 }), 'edgel3_kd_audio_sparsity_87.0');
  assert.equal(nameOf({ sparsity: 53.5 }), 'edgel3_ft_audio_sparsity_53.5');
  assert.equal(nameOf({ modelType: 'sea' }), 'edgel3_sea_ust_audio_emb_128');
  assert.equal(nameOf({ modelType: 'sea', embDim: 512 }), 'edgel3_sea_ust_audio_emb_512');
});

test('OpenL3 has the names and defaults of its own library', () => {
  const mel256 = {
    name: 'openl3_audio_mel256_music',
    hints: { modelType: 'openl3', inputRepr: 'mel256', contentType: 'music', embDim: 6144, frontEnd: '0.4' },
  };
  assert.deepEqual(findPublishedNetwork({ modelType: 'openl3' }), mel256);
  assert.deepEqual(findPublishedNetwork({ contentType: 'music' }), mel256);
  assert.deepEqual(findPublishedNetwork({ embeddingSize: 6144 }), mel256);
  assert.deepEqual(
    findPublishedNetwork({ inputRepr: 'linear', contentType: 'env', embDim: 512, frontEnd: '0.3' }),
    {
      name: 'openl3_audio_linear_env',
      hints: { modelType: 'openl3', inputRepr: 'linear', contentType: 'env', embDim: 512, frontEnd: '0.3' },
    },
  );
});

test("options of one family say nothing of the other's", () => {
  for (const selection of /** @type {const} */ ([
    { modelType: 'sparse', embDim: 6144 },
    { modelType: 'sea', inputRepr: 'mel256' },
    { modelType: 'sparse', contentType: 'env' },
    { modelType: 'openl3', embDim: 128 },
    { modelType: 'l3' },
    { embDim: 512, embeddingSize: 6144 },
  ])) {
    assert.throws(() => findPublishedNetwork(/** @type {any} */ (selection)), { code: 'option_invalid' });
  }
});

test('all four options are checked for both types, as upstream does', () => {
  for (const selection of [
    { modelType: 'dense' },
    { embDim: 100 },
    { embDim: 65, modelType: 'sea' },
    { retrainType: 'FT' },
    { modelType: 'sea', sparsity: 50 },
  ]) {
    assert.throws(() => nameOf(readOptions(/** @type {any} */ (selection), SELECTION_KINDS)), {
      code: 'option_invalid',
      message: /must be/,
    });
  }
});
