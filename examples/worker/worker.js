// An import map does not reach into workers, hence the path.
import { getEmbedding, loadEmbeddingModel } from './node_modules/edgel3/dist/index.js';

// This worker is beside the page already: no others are needed.
const model = loadEmbeddingModel({ workers: 0 });

addEventListener('message', async ({ data: { samples, sampleRate } }) => {
  try {
    const { embedding, shape } = await getEmbedding(samples, sampleRate, { model: await model });
    postMessage({ embedding, shape }, { transfer: [embedding.buffer] });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});
