// What Node imports: all that pages have, and files.
export * from './index.js';
export { readAudioFile } from './node/audio_file.js';
export { convertModelFile } from './node/convert_model_file.js';
export { getOutputPath } from './node/output_path.js';
export { processFile } from './node/process_file.js';
export { processStream } from './node/process_stream.js';
export { fetchPublishedModel, listPublishedModels } from './node/published_models.js';
