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
  53.5: 4.97,
  63.5: 4.03,
  72.3: 3.21,
  73.5: 3.09,
  '81.0': 2.4,
  '87.0': 1.64,
  90.5: 1.27,
  95.45: 0.62,
};

for (const [sparsity, megabytes] of Object.entries(SIZES)) {
  test(`${sparsity} % zeros: ${megabytes} MB in 16 bits, with the shorter form of the positions`, () => {
    const zeros = PUBLISHED_ZEROS[/** @type {keyof typeof SIZES} */ (sparsity)];
    const network = syntheticNetwork({ ...SPARSE, zeros });
    let least = 0;
    for (const { weights } of network.convolutions) {
      const nonZeros = weights.filter(Boolean).length;
      least += 2 * nonZeros + Math.min(nonZeros, Math.ceil(weights.length / 8));
    }
    const { length } = toModelFile(network, 'f16');
    assert.ok(length <= megabytes * 1e6, `${length} bytes`);
    assert.ok(length > least && length < 1.04 * least, `${length / least} times the least`);
  });
}
