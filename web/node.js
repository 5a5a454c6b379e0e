// What Node imports: all that pages have, and files.

export { getOutputPath } from './files/output_path.js';
export * from './index.js';
export { convertModelFile } from './node/convert_model_file.js';
export { EmbeddingTable } from './node/embedding_table.js';
export { hasFfmpeg } from './node/ffmpeg.js';
export { findOutput, processFile } from './node/process_file.js';
export { processStream } from './node/process_stream.js';
export { processWindows } from './node/process_windows.js';
export { readProvenance } from './node/provenance.js';
export { readAudioFile } from './node/read_audio_file.js';
export { fetchPublishedModel, listPublishedModels } from './published/published_models.js';

/** @typedef {import('./node/convert_model_file.js').FileConversionOptions} FileConversionOptions */
/** @typedef {import('./node/convert_model_file.js').OverwriteOption} OverwriteOption */
/** @typedef {import('./node/embedding_table.js').FileListeners} FileListeners */
/** @typedef {import('./node/embedding_table.js').RowChoices} RowChoices */
/** @typedef {import('./node/embedding_table.js').TableChoices} TableChoices */
/** @typedef {import('./node/open_sound_file.js').DecodingOptions} DecodingOptions */
/** @typedef {import('./node/process_file.js').FileOptions} FileOptions */
/** @typedef {import('./node/process_file.js').OutputOptions} OutputOptions */
/** @typedef {import('./node/process_file.js').WrittenFile} WrittenFile */
/** @typedef {import('./node/process_stream.js').FormatOptions} FormatOptions */
/** @typedef {import('./node/process_stream.js').WrittenStream} WrittenStream */
/** @typedef {import('./node/sound_part.js').PartOptions} PartOptions */
/** @typedef {import('./node/provenance.js').Provenance} Provenance */
/** @typedef {import('./node/input_facts.js').InputFacts} InputFacts */
/** @typedef {import('./published/published_models.js').PublishedModel} PublishedModel */
