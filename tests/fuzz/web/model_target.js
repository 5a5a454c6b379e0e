import assert from 'node:assert/strict';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { isChosen } from './outcome.js';

/** What may be the matter with the bytes of a model. */
export const MODEL_CODES = ['model_invalid', 'model_unsupported'];

const second = Float32Array.from({ length: 8000 }, (_, index) => Math.sin(index * index * 1e-4));

/**
 * Loads a model, and perhaps embeds a sound with it.
 *
 * @param {Uint8Array} bytes
 */
export async function useModel(bytes) {
  const model = await loadEmbeddingModel({ source: bytes, workers: 0 });
  try {
    if (!isChosen(bytes)) return;
    const { embedding, shape } = await getEmbedding(second, 8000, { model, center: false, hopSize: 1 });
    // The numbers are what the weights make of the sound: of very large ones they are infinite.
    assert.deepEqual(shape, [1, model.embeddingDimension]);
    assert.equal(embedding.length, model.embeddingDimension);
  } finally {
    model.close();
  }
}
