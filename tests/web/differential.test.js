// Both builds of the module, side by side, with random networks and random sounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { hasRelaxedMadd } from '../../web/wasm_features.js';
import { syntheticNetwork, toModelFile } from '../benchmarks/synthetic_model.js';
import { relativeError } from '../golden/compare.js';
import { randomNumbers } from './support/random_numbers.js';

/**
 * By how much of its largest number two builds may differ in an embedding: relaxed SIMD rounds a multiplication and an
 * addition once, not twice. Four times what 60 networks showed at most.
 */
const BOUND = 2e-6;

const NETWORKS = Number(process.env.EDGEL3_RANDOM_NETWORKS ?? 3);

const random = randomNumbers(20);
/** @template T @param {T[]} choices */
const pick = (choices) => choices[Math.floor(random() * choices.length)];

function randomModel() {
  const isSparse = random() < 0.1;
  return toModelFile(
    syntheticNetwork({
      architecture: isSparse ? 'sparse' : 'sea',
      embeddingDimension: isSparse ? 512 : pick([64, 128, 256]),
      zeros: Array.from({ length: 8 }, () => pick([0, 50, 90, 99])),
      seed: Math.floor(random() * 2 ** 32),
    }),
    pick(['f32', 'f16']),
  );
}

/** Noise of any rate and loudness, with a tone in it. */
function randomSound() {
  const sampleRate = pick([8000, 11_025, 44_100, 48_000]);
  const [loudness, tone] = [10 ** (-4 * random()), random()];
  const length = Math.floor(sampleRate * (0.1 + random()));
  const samples = Float32Array.from(
    { length },
    (_, index) => loudness * (random() - 0.5 + Math.sin(tone * index)),
  );
  return { samples, sampleRate };
}

test(`${NETWORKS} random networks: the builds agree to ${BOUND} of the largest number`, {
  skip: !hasRelaxedMadd() && 'relaxed SIMD is switched off',
}, async (t) => {
  let worst = 0;
  for (let count = 0; count < NETWORKS; count++) {
    const source = randomModel();
    const { samples, sampleRate } = randomSound();
    const options = { hopSize: 0.1 + random(), center: random() < 0.5, onWarning() {} };
    const [baseline, relaxed] = await Promise.all(
      ['edgel3.wasm', 'edgel3-relaxed.wasm'].map(async (name) => {
        const wasm = new URL(`../../dist/${name}`, import.meta.url);
        const model = await loadEmbeddingModel({ source, wasm, workers: 0 });
        const { embedding } = await getEmbedding(samples, sampleRate, { model, ...options });
        model.close();
        return embedding;
      }),
    );
    const error = relativeError(relaxed, baseline);
    assert.ok(error <= BOUND, `network ${count}: ${error}`);
    worst = Math.max(worst, error);
  }
  t.diagnostic(`the largest difference: ${worst}`);
});
