// `npm start`, once everything is built: embeds the sample with the built-in model and says what came out.
import { fileURLToPath } from 'node:url';
import { loadEmbeddingModel, processFile, readAudioFile } from '../dist/node.js';
import { hasRelaxedMadd } from './engine/wasm_features.js';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const sample = path('demo/sample.wav');

const { channels, sampleRate } = await readAudioFile(sample);
const duration = channels[0].length / sampleRate;
const model = await loadEmbeddingModel();
const begin = performance.now();
const { outputPath, shape } = await processFile(sample, { model, outputDir: path('../build') });
const elapsed = performance.now() - begin;
const [windows, dimension] = shape;

console.log(`
build     ${hasRelaxedMadd() ? 'relaxed SIMD' : `baseline SIMD, for Node ${process.versions.node} has relaxed SIMD switched off; Node 22 and later are faster`}
model     ${model.name}: ${model.modelType}, ${model.sampleRate} Hz, ${model.sparsity.toFixed(1)} % of the weights are zero
sound     ${sample}: ${duration.toFixed(1)} s
embedding ${windows} windows x ${dimension} dimensions
time      ${(elapsed / windows).toFixed(2)} ms per window, ${(duration / (elapsed / 1000)).toFixed(0)} times faster than real time
written   ${outputPath}`);
model.close();
