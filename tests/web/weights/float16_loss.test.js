import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertModel, getEmbedding, loadEmbeddingModel } from '../../../dist/node.js';
import {
  NO_ZEROS,
  PUBLISHED_ZEROS,
  syntheticNetwork,
  toModelFile,
} from '../../benchmarks/synthetic_model.js';
import { sound } from '../support/sounds.js';

const SPARSE = /** @type {const} */ ({ modelType: 'sparse', embeddingDimension: 512 });

/** What 1.5 s of sound become. @param {Uint8Array} source */
async function embed(source) {
  const model = await loadEmbeddingModel({ source, workers: 0 });
  const { embedding } = await getEmbedding(sound(12_000, 8000), 8000, { model, hopSize: 0.5 });
  model.close();
  return embedding;
}

for (const [name, network] of Object.entries({
  'SEA-64, dense': syntheticNetwork({ modelType: 'sea', embeddingDimension: 64, zeros: NO_ZEROS }),
  'SEA-512, dense': syntheticNetwork({ modelType: 'sea', embeddingDimension: 512, zeros: NO_ZEROS }),
  'sparse, 95.45 % zeros': syntheticNetwork({ ...SPARSE, zeros: PUBLISHED_ZEROS['95.45'] }),
})) {
  test(`${name}: weights in 16 bits change the embedding in the fourth digit`, async () => {
    const file = toModelFile(network);
    const full = await embed(file);
    const half = await embed(await convertModel(file, { dtype: 'f16' }));
    const largest = Math.max(...full.map(Math.abs));
    const difference = Math.max(...full.map((value, index) => Math.abs(value - half[index])));
    assert.ok(difference > 0, 'these weights are not exact in 16 bits');
    assert.ok(difference <= 1e-3 * largest, `${difference / largest}`);
  });
}

/** Megabytes of a sparse network's file with 16-bit weights, for each published share of zeros. */
const SIZES = {
  53.5: 6.56,
  63.5: 5.16,
  72.3: 3.92,
  73.5: 3.74,
  '81.0': 2.71,
  '87.0': 1.84,
  90.5: 1.36,
  95.45: 0.66,
};

for (const [sparsity, megabytes] of Object.entries(SIZES)) {
  test(`${sparsity} % zeros: ${megabytes} MB in 16 bits, three bytes for each non-zero and few more`, () => {
    const zeros = PUBLISHED_ZEROS[/** @type {keyof typeof SIZES} */ (sparsity)];
    const network = syntheticNetwork({ ...SPARSE, zeros });
    const nonZeros = network.convolutions.reduce(
      (sum, { weights }) => sum + weights.filter(Boolean).length,
      0,
    );
    const { length } = toModelFile(network, 'f16');
    assert.ok(length <= megabytes * 1e6, `${length} bytes`);
    assert.ok(
      length > 3 * nonZeros && length < 3.1 * nonZeros,
      `${length / nonZeros} bytes for each non-zero`,
    );
  });
}
