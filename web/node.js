// What Node imports: all that pages have, and files.
export * from './index.js';
export { readAudioFile } from './node/audio-file.js';
export { getOutputPath } from './node/output-path.js';
export { processFile } from './node/process-file.js';
