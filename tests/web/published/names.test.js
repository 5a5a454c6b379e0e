import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOfPublished } from '../../../web/published/names.js';

test('names are those of the published files', () => {
  assert.equal(nameOfPublished({}), 'edgel3_ft_audio_sparsity_95.45');
  assert.equal(nameOfPublished({ retrainType: 'kd', sparsity: 87 }), 'edgel3_kd_audio_sparsity_87.0');
  assert.equal(nameOfPublished({ sparsity: 53.5 }), 'edgel3_ft_audio_sparsity_53.5');
  assert.equal(nameOfPublished({ modelType: 'sea' }), 'edgel3_sea_ust_audio_emb_128');
  assert.equal(nameOfPublished({ modelType: 'sea', embDim: 512 }), 'edgel3_sea_ust_audio_emb_512');
});

test('all four options are checked for both types, as upstream does', () => {
  for (const selection of [
    { modelType: 'dense' },
    { embDim: 100 },
    { embDim: '64', modelType: 'sea' },
    { retrainType: 'FT' },
    { modelType: 'sea', sparsity: 50 },
  ]) {
    assert.throws(() => nameOfPublished(/** @type {any} */ (selection)), {
      code: 'option_invalid',
      message: /must be one of/,
    });
  }
});
