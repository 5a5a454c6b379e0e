// What pages import; node.js adds what needs a file system.

export {
  duplicateSounds,
  frechetDistance,
  l2Normalize,
  mapOf,
  meanOverTime,
  Novelty,
  noveltyOf,
  poolOverTime,
  principalComponents,
  SoundClassifier,
  SoundIndex,
  selfSimilarity,
  similarity,
} from './analysis/analysis.js';
export { EdgeL3Error, EdgeL3Warning } from './common/errors.js';
export { decodeAudio } from './decoders/decode_audio.js';
export { soundFormats } from './decoders/formats.js';
export { getEmbedding } from './embedding/embedding.js';
export { EmbeddingModel, loadEmbeddingModel } from './embedding/model.js';
export { encodeEmbeddings } from './outputs/encode_embeddings.js';
export { convertModel } from './weights/convert.js';

/** @typedef {import('./common/samples.js').AudioInput} AudioInput */
/** @typedef {import('./platform/byte_source.js').WasmSource} WasmSource */
/** @typedef {import('./decoders/decode_audio.js').DecodedAudio} DecodedAudio */
/** @typedef {import('./decoders/decode_audio.js').SoundSource} SoundSource */
/** @typedef {import('./decoders/formats.js').SoundFormat} SoundFormat */
/** @typedef {import('./embedding/embedding.js').EmbeddingOptions} EmbeddingOptions */
/** @typedef {import('./embedding/result.js').EmbeddingResult} EmbeddingResult */
/** @typedef {import('./weights/convert.js').ConversionOptions} ConversionOptions */
/** @typedef {import('./common/errors.js').ErrorCode} ErrorCode */
/** @typedef {import('./common/model_identity.js').ModelIdentity} ModelIdentity */
/** @typedef {import('./common/transfer.js').Progress} Progress */
/** @typedef {import('./embedding/mel_columns.js').MelColumns} MelColumns */
/** @typedef {import('./embedding/mel_columns.js').MelColumnsOptions} MelColumnsOptions */
/** @typedef {import('./embedding/model.js').MelSpectrogramResult} MelSpectrogramResult */
/** @typedef {import('./embedding/model.js').ModelOptions} ModelOptions */
/** @typedef {import('./engine/profile.js').LayerProfile} LayerProfile */
/** @typedef {import('./engine/profile.js').Profile} Profile */
/** @typedef {import('./embedding/model_source.js').ModelSource} ModelSource */
/** @typedef {import('./embedding/stream.js').StreamOptions} StreamOptions */
/** @typedef {import('./embedding/stream.js').TimedEmbedding} TimedEmbedding */
/** @typedef {import('./analysis/analysis.js').Evaluation} Evaluation */
/** @typedef {import('./analysis/analysis.js').EventOptions} EventOptions */
/** @typedef {import('./analysis/analysis.js').Label} Label */
/** @typedef {import('./analysis/analysis.js').SoundEvent} SoundEvent */
