import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeNetwork, KNOWN_NETWORKS } from '../../../web/weights/architectures.js';
import { toMetadata } from '../../../web/weights/model_file.js';
import { updateMetadata } from '../../../web/weights/model_metadata.js';

const mel128 = KNOWN_NETWORKS.find(
  ({ input_repr, front_end }) => input_repr === 'mel128' && front_end === '0.4',
);
const openl3 = {
  name: 'mine',
  ...toMetadata(describeNetwork(/** @type {any} */ (mel128), 6144), {
    modelType: 'openl3',
    inputRepr: 'mel128',
    frontEnd: '0.4',
  }),
};

test('version 1 becomes version 2', () => {
  for (const [architecture, dimension] of [
    ['sea', '64'],
    ['sea', '512'],
    ['sparse', '512'],
  ]) {
    const updated = updateMetadata(
      { format: 'edgel3', version: '1', architecture, embedding_dimension: dimension, name: 'old' },
      {},
    );
    assert.equal(updated.version, '2');
    assert.equal(updated.model_type, architecture);
    assert.equal(updated.name, 'old');
    assert.ok(!('architecture' in updated));
    assert.equal(JSON.parse(updated.network).embedding_dimension, Number(dimension));
  }
  for (const unknown of [
    { architecture: 'openl3', embedding_dimension: '6144' },
    { architecture: 'sea', embedding_dimension: '65' },
    { architecture: 'sea', embedding_dimension: 'constructor' },
  ]) {
    const old = { format: 'edgel3', version: '1', ...unknown };
    assert.throws(() => updateMetadata(old, {}), { code: 'model_unsupported' });
  }
});

test('what is not asked for stays as it is, and so do other files', () => {
  assert.equal(updateMetadata(openl3, {}), openl3);
  const other = { format: 'pt' };
  assert.equal(updateMetadata(other, { modelType: 'sea' }), other);
});

test('the same weights give the other width and the other front end', () => {
  const small = updateMetadata(openl3, { embDim: 512, frontEnd: '0.3', modelType: 'openl3' });
  const { embedding_dimension, spectrogram, final_pooling } = JSON.parse(small.network);
  assert.deepEqual([embedding_dimension, final_pooling, spectrogram.scale], [512, [16, 24], 'htk']);
  assert.deepEqual([small.front_end, small.name], ['0.3', 'mine']);
  assert.equal(updateMetadata(openl3, { contentType: 'env' }).content_type, 'env');
});

test('what the file contradicts is refused', () => {
  for (const asked of /** @type {const} */ ([
    { inputRepr: 'mel256' },
    { modelType: 'sparse' },
    { embDim: 64 },
  ])) {
    assert.throws(() => updateMetadata(openl3, asked), { code: 'option_invalid' });
  }
});
