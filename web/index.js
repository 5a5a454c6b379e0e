// What pages import; node.js adds what needs a file system.
export { convertModel } from './convert.js';
export { getEmbedding } from './embedding.js';
export { EdgeL3Error, EdgeL3Warning } from './errors.js';
export { EmbeddingModel, loadEmbeddingModel } from './model.js';
export { l2Normalize, meanOverTime, similarity } from './vectors.js';

/** @typedef {import('./audio.js').AudioInput} AudioInput */
/** @typedef {import('./byte_source.js').WasmSource} WasmSource */
/** @typedef {import('./embedding.js').EmbeddingOptions} EmbeddingOptions */
/** @typedef {import('./embedding.js').EmbeddingResult} EmbeddingResult */
/** @typedef {import('./convert.js').ConversionOptions} ConversionOptions */
/** @typedef {import('./errors.js').ErrorCode} ErrorCode */
/** @typedef {import('./fetch_bytes.js').Progress} Progress */
/** @typedef {import('./model.js').MelSpectrogramResult} MelSpectrogramResult */
/** @typedef {import('./model.js').ModelOptions} ModelOptions */
/** @typedef {import('./profile.js').LayerProfile} LayerProfile */
/** @typedef {import('./profile.js').Profile} Profile */
/** @typedef {import('./model_source.js').ModelSource} ModelSource */
/** @typedef {import('./stream.js').StreamOptions} StreamOptions */
/** @typedef {import('./stream.js').TimedEmbedding} TimedEmbedding */
