// What pages import; node.js adds what needs a file system.
export { convertModel } from './convert.js';
export { getEmbedding } from './embedding.js';
export { EdgeL3Error, EdgeL3Warning } from './errors.js';
export { EmbeddingModel, loadEmbeddingModel } from './model.js';
