// Both builds of the module and the native core, side by side, with random networks and random sounds.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { hasRelaxedMadd } from '../../../web/engine/wasm_features.js';
import { syntheticNetwork, toModelFile } from '../../benchmarks/synthetic_model.js';
import { relativeError } from '../../golden/compare.js';
import { randomNumbers } from '../support/random_numbers.js';

/**
 * By how much of its largest number an embedding by relaxed SIMD may differ from the baseline's: it rounds a multiplication and
 * an addition once, not twice. Four times what 60 networks showed at most. The native build gives the baseline's bits.
 */
const BOUND = 2e-6;

const NETWORKS = Number(process.env.EDGEL3_RANDOM_NETWORKS ?? 3);

/**
 * @typedef {object} Case
 * @property {Uint8Array} source
 * @property {Float32Array} samples
 * @property {number} sampleRate
 * @property {boolean} center
 * @property {number} hopSize
 */
/** @typedef {(input: Case) => Promise<Float32Array>} Build gives the embeddings */

/**
 * Any network; noise of any rate and loudness, with a tone in it.
 *
 * @param {() => number} random
 * @returns {Case}
 */
function randomCase(random) {
  /** @template T @param {T[]} choices */
  const pick = (choices) => choices[Math.floor(random() * choices.length)];
  const isSparse = random() < 0.1;
  const source = toModelFile(
    syntheticNetwork({
      modelType: isSparse ? 'sparse' : 'sea',
      embeddingDimension: isSparse ? 512 : pick([64, 128, 256]),
      zeros: Array.from({ length: 8 }, () => pick([0, 50, 90, 99])),
      seed: Math.floor(random() * 2 ** 32),
    }),
    pick(['f32', 'f16']),
  );
  const sampleRate = pick([8000, 11_025, 44_100, 48_000]);
  const [loudness, tone] = [10 ** (-4 * random()), random()];
  const samples = Float32Array.from(
    { length: Math.floor(sampleRate * (0.1 + random())) },
    (_, index) => loudness * (random() - 0.5 + Math.sin(tone * index)),
  );
  return { source, samples, sampleRate, center: random() < 0.5, hopSize: 0.1 + random() };
}

/** @param {'edgel3.wasm' | 'edgel3-relaxed.wasm'} name @returns {Build} */
function moduleBuild(name) {
  return async ({ source, samples, sampleRate, center, hopSize }) => {
    const wasm = new URL(`../../../dist/${name}`, import.meta.url);
    const model = await loadEmbeddingModel({ source, wasm, workers: 0 });
    const options = { model, center, hopSize, onWarning() {} };
    const { embedding } = await getEmbedding(samples, sampleRate, options);
    model.close();
    return embedding;
  };
}

/** `npm test` builds it before this test. */
const nativeProgram = fileURLToPath(
  new URL('../../../build/native/tests/native/edgel3_embed', import.meta.url),
);

/** @type {Build} */
async function nativeBuild({ source, samples, sampleRate, center, hopSize }) {
  const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  const [model, sound] = ['model', 'sound'].map((name) => join(folder, name));
  writeFileSync(model, source);
  writeFileSync(sound, samples);
  const args = [model, sound, `${sampleRate}`, center ? '1' : '0', `${hopSize}`];
  const { status, stdout, stderr } = spawnSync(nativeProgram, args, { maxBuffer: 2 ** 26 });
  rmSync(folder, { recursive: true });
  assert.equal(status, 0, `${stderr}`);
  return new Float32Array(new Uint8Array(stdout).buffer);
}

/** @type {{ name: string, build: Build, bound: number, skip: string | false }[]} */
const others = [
  {
    name: 'relaxed SIMD',
    build: moduleBuild('edgel3-relaxed.wasm'),
    bound: BOUND,
    skip: !hasRelaxedMadd() && 'relaxed SIMD is switched off',
  },
  {
    name: 'native',
    build: nativeBuild,
    bound: 0,
    skip:
      !existsSync(nativeProgram) &&
      'the native build is not there: cmake --preset native && cmake --build --preset native',
  },
];

for (const { name, build, bound, skip } of others) {
  test(`${NETWORKS} random networks: ${name} ${bound === 0 ? 'gives the bits of the baseline' : `agrees with the baseline to ${bound} of the largest number`}`, {
    skip,
  }, async (t) => {
    const random = randomNumbers(20);
    let worst = 0;
    for (let count = 0; count < NETWORKS; count++) {
      const input = randomCase(random);
      const expected = await moduleBuild('edgel3.wasm')(input);
      const error = relativeError(await build(input), expected);
      assert.ok(error <= bound, `network ${count}: ${error}`);
      worst = Math.max(worst, error);
    }
    t.diagnostic(`the largest difference: ${worst}`);
  });
}
