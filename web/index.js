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
export { decodeAudio, decodeAudioStream } from './decoders/decode_audio.js';
export { soundFormats } from './decoders/formats.js';
export { getEmbedding } from './embedding/embedding.js';
export { EmbeddingModel, loadEmbeddingModel } from './embedding/model.js';
export { encodeEmbeddings } from './outputs/encode_embeddings.js';
export { convertModel } from './weights/convert.js';

/** @typedef {import('./analysis/analysis.js').Answer} Answer */
/** @typedef {import('./analysis/analysis.js').ClassifierOptions} ClassifierOptions */
/** @typedef {import('./analysis/analysis.js').Embedder} Embedder */
/** @typedef {import('./analysis/analysis.js').EmbeddingRows} EmbeddingRows */
/** @typedef {import('./analysis/analysis.js').Embeddings} Embeddings */
/** @typedef {import('./analysis/analysis.js').Evaluation} Evaluation */
/** @typedef {import('./analysis/analysis.js').EventOptions} EventOptions */
/** @typedef {import('./analysis/analysis.js').Label} Label */
/** @typedef {import('./analysis/analysis.js').MapOptions} MapOptions */
/** @typedef {import('./analysis/analysis.js').NoveltyOptions} NoveltyOptions */
/** @typedef {import('./analysis/analysis.js').Pooling} Pooling */
/** @typedef {import('./analysis/analysis.js').SearchResult} SearchResult */
/** @typedef {import('./analysis/analysis.js').SelfSimilarity} SelfSimilarity */
/** @typedef {import('./analysis/analysis.js').SelfSimilarityOptions} SelfSimilarityOptions */
/** @typedef {import('./analysis/analysis.js').SoundEvent} SoundEvent */
/** @typedef {import('./analysis/analysis.js').SoundId} SoundId */
/** @typedef {import('./analysis/analysis.js').TimedVector} TimedVector */
/** @typedef {import('./analysis/analysis.js').Vector} Vector */
/** @typedef {import('./common/embeddings.js').EmbeddingData} EmbeddingData */
/** @typedef {import('./common/embeddings.js').TimedEmbedding} TimedEmbedding */
/** @typedef {import('./common/errors.js').AnalysisErrorCode} AnalysisErrorCode */
/** @typedef {import('./common/errors.js').AudioErrorCode} AudioErrorCode */
/** @typedef {import('./common/errors.js').ErrorCode} ErrorCode */
/** @typedef {import('./common/errors.js').FileErrorCode} FileErrorCode */
/** @typedef {import('./common/errors.js').MicrophoneErrorCode} MicrophoneErrorCode */
/** @typedef {import('./common/errors.js').ModelErrorCode} ModelErrorCode */
/** @typedef {import('./common/errors.js').OptionErrorCode} OptionErrorCode */
/** @typedef {import('./common/errors.js').StateErrorCode} StateErrorCode */
/** @typedef {import('./common/model_identity.js').ModelIdentity} ModelIdentity */
/** @typedef {import('./common/samples.js').AudioBufferLike} AudioBufferLike */
/** @typedef {import('./common/samples.js').AudioInput} AudioInput */
/** @typedef {import('./common/samples.js').FloatSamples} FloatSamples */
/** @typedef {import('./common/samples.js').Samples} Samples */
/** @typedef {import('./common/samples.js').Sound} Sound */
/** @typedef {import('./common/transfer.js').Progress} Progress */
/** @typedef {import('./common/transfer.js').TransferOptions} TransferOptions */
/** @typedef {import('./decoders/decode_audio.js').DecodedAudio} DecodedAudio */
/** @typedef {import('./decoders/open_audio.js').AudioStream} AudioStream */
/** @typedef {import('./decoders/decode_audio.js').SoundSource} SoundSource */
/** @typedef {import('./decoders/formats.js').SoundFormat} SoundFormat */
/** @typedef {import('./embedding/embedding.js').EmbeddingOptions} EmbeddingOptions */
/** @typedef {import('./embedding/embedding.js').ModelChoice} ModelChoice */
/** @typedef {import('./embedding/embedding.js').RowOptions} RowOptions */
/** @typedef {import('./embedding/embedding.js').SoundOptions} SoundOptions */
/** @typedef {import('./embedding/mel_columns.js').MelColumns} MelColumns */
/** @typedef {import('./embedding/model.js').LoadingOptions} LoadingOptions */
/** @typedef {import('./embedding/model.js').MelSpectrogramResult} MelSpectrogramResult */
/** @typedef {import('./embedding/model.js').ModelOptions} ModelOptions */
/** @typedef {import('./embedding/model_source.js').ModelSource} ModelSource */
/** @typedef {import('./embedding/result.js').EmbeddingResult} EmbeddingResult */
/** @typedef {import('./embedding/result.js').EmbeddingRowsAccess} EmbeddingRowsAccess */
/** @typedef {import('./embedding/sound_stream.js').RateOptions} RateOptions */
/** @typedef {import('./embedding/stream.js').StreamOptions} StreamOptions */
/** @typedef {import('./embedding/warnings.js').WarningOptions} WarningOptions */
/** @typedef {import('./embedding/whole_sound.js').ProgressOptions} ProgressOptions */
/** @typedef {import('./embedding/whole_sound.js').WholeOptions} WholeOptions */
/** @typedef {import('./embedding/window_options.js').WindowOptions} WindowOptions */
/** @typedef {import('./engine/profile.js').LayerProfile} LayerProfile */
/** @typedef {import('./engine/profile.js').Profile} Profile */
/** @typedef {import('./outputs/formats.js').BinaryFormat} BinaryFormat */
/** @typedef {import('./outputs/formats.js').OutputFormat} OutputFormat */
/** @typedef {import('./outputs/formats.js').TextFormat} TextFormat */
/** @typedef {import('./platform/byte_source.js').ByteSource} ByteSource */
/** @typedef {import('./platform/byte_source.js').WasmModule} WasmModule */
/** @typedef {import('./platform/byte_source.js').WasmSource} WasmSource */
/** @typedef {import('./published/names.js').Retraining} Retraining */
/** @typedef {import('./published/names.js').Selection} Selection */
/** @typedef {import('./weights/architectures.js').FrontEnd} FrontEnd */
/** @typedef {import('./weights/architectures.js').InputRepr} InputRepr */
/** @typedef {import('./weights/architectures.js').ModelType} ModelType */
/** @typedef {import('./weights/convert.js').ConversionOptions} ConversionOptions */
/** @typedef {import('./weights/convert.js').ModelFileOptions} ModelFileOptions */
/** @typedef {import('./weights/convert.js').ModelMetadata} ModelMetadata */
/** @typedef {import('./weights/identity.js').EmbeddingSize} EmbeddingSize */
/** @typedef {import('./weights/identity.js').Identity} Identity */
/** @typedef {import('./weights/identity.js').IdentityOptions} IdentityOptions */
/** @typedef {import('./weights/model_file.js').WeightType} WeightType */
