// What Node imports: all that pages have, and files.

export { getOutputPath } from './files/output_path.js';
export * from './index.js';
export { convertModelFile } from './node/convert_model_file.js';
export { EmbeddingTable } from './node/embedding_table.js';
export { hasFfmpeg } from './node/ffmpeg.js';
export { processFile } from './node/process_file.js';
export { processStream } from './node/process_stream.js';
export { processWindows } from './node/process_windows.js';
export { readAudioFile } from './node/read_audio_file.js';
export { fetchPublishedModel, listPublishedModels } from './published/published_models.js';

/** @typedef {import('./decoders/decode_audio.js').DecodedAudio} DecodedAudio */
/** @typedef {import('./node/open_sound_file.js').DecodingOptions} DecodingOptions */
/** @typedef {import('./node/process_file.js').FileOptions} FileOptions */
/** @typedef {import('./published/published_models.js').PublishedModel} PublishedModel */
/** @typedef {import('./node/embedding_table.js').TableChoices} TableChoices */
/** @typedef {import('./node/embedding_table.js').FileListeners} FileListeners */
