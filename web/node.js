// What Node imports: all that pages have, and files.

export { getOutputPath } from './files/output_path.js';
export * from './index.js';
export { convertModelFile } from './node/convert_model_file.js';
export { processFile } from './node/process_file.js';
export { processStream } from './node/process_stream.js';
export { readAudioFile } from './node/read_audio_file.js';
export { fetchPublishedModel, listPublishedModels } from './published/published_models.js';
