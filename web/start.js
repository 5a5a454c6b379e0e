// `npm start`, once everything is built: embeds the sample with the built-in model and says what came out.
import { fileURLToPath } from 'node:url';
import { getEmbedding, loadEmbeddingModel, processFile, readAudioFile } from '../dist/node.js';
import { hasRelaxedMadd } from './engine/wasm_features.js';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const sample = path('demo/sample.wav');

/** @param {() => Promise<unknown>} task */
async function time(task) {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
}

const { channels, sampleRate } = await readAudioFile(sample);
const duration = channels[0].length / sampleRate;
const begin = performance.now();
const model = await loadEmbeddingModel();
const { outputPath, shape } = await processFile(sample, { model, outputDir: path('../build') });
const start = performance.now() - begin;
// Again, now that the workers are there and their code is optimised: what every further sound takes.
const repeats = [];
for (let run = 0; run < 5; run++)
  repeats.push(await time(() => getEmbedding(channels, sampleRate, { model })));
const steady = repeats.sort((a, b) => a - b)[2];
const [windows, dimension] = shape;

console.log(`
build     ${hasRelaxedMadd() ? 'relaxed SIMD' : `baseline SIMD, for Node ${process.versions.node} has relaxed SIMD switched off; Node 22 and later are faster`}
model     ${model.name}: ${model.modelType}, ${model.sampleRate} Hz, ${model.sparsity.toFixed(1)} % of the weights are zero
sound     ${sample}: ${duration.toFixed(1)} s
embedding ${windows} windows x ${dimension} dimensions
time      ${(steady / windows).toFixed(2)} ms per window, ${(duration / (steady / 1000)).toFixed(0)} times faster than real time
start     ${(start / 1000).toFixed(2)} s until the model was loaded and this sound embedded for the first time
written   ${outputPath}`);
model.close();
