// From embeddings to answers, for pages, workers and Node.

export { SoundClassifier } from './classifier.js';
export { duplicateSounds } from './duplicate_sounds.js';
export { frechetDistance } from './frechet_distance.js';
export { Novelty, noveltyOf } from './novelty.js';
export { meanOverTime, poolOverTime } from './pooling.js';
export { principalComponents } from './principal_components.js';
export { selfSimilarity } from './self_similarity.js';
export { SoundIndex } from './sound_index.js';
export { mapOf } from './sound_map.js';
export { l2Normalize, similarity } from './vectors.js';

/** @typedef {import('./classifier.js').Answer} Answer */
/** @typedef {import('./classifier.js').ClassifierOptions} ClassifierOptions */
/** @typedef {import('./classifier.js').Embedder} Embedder */
/** @typedef {import('./classifier.js').Label} Label */
/** @typedef {import('./held_out.js').Evaluation} Evaluation */
/** @typedef {import('./novelty.js').NoveltyOptions} NoveltyOptions */
/** @typedef {import('./pooling.js').Pooling} Pooling */
/** @typedef {import('./rows.js').EmbeddingRows} EmbeddingRows */
/** @typedef {import('./rows.js').Embeddings} Embeddings */
/** @typedef {import('./rows.js').Vector} Vector */
/** @typedef {import('./self_similarity.js').SelfSimilarity} SelfSimilarity */
/** @typedef {import('./self_similarity.js').SelfSimilarityOptions} SelfSimilarityOptions */
/** @typedef {import('./sound_events.js').EventOptions} EventOptions */
/** @typedef {import('./sound_events.js').SoundEvent} SoundEvent */
/** @typedef {import('./sound_events.js').TimedVector} TimedVector */
/** @typedef {import('./sound_index.js').SearchResult} SearchResult */
/** @typedef {import('./sound_index.js').SoundId} SoundId */
/** @typedef {import('./sound_map.js').MapOptions} MapOptions */
