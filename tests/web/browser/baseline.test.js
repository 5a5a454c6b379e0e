// With build: 'baseline' the numbers are the same in every engine, bit for bit: here those of three browsers and of Node. That they
// are the native core's as well is tested in tests/web/builds/differential.test.js.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodeAudio, getEmbedding, loadEmbeddingModel } from 'edgel3';
import { againAfterCrash } from './crashes.js';
import { inEachEngine, repository } from './in_each_engine.js';

/** The built-in model, which has zeros; a dense one; and one with more zeros, at 48 kHz. */
const MODELS = [
  { path: 'models/sea64-sparse69.safetensors' },
  { path: 'tests/golden/synthetic_sea128.h5.gz', modelType: /** @type {const} */ ('sea') },
  { path: 'tests/golden/synthetic_sparse.h5.gz', modelType: /** @type {const} */ ('sparse') },
];
/** At three rates, for each model another. */
const SOUNDS = ['bursts37k', 'stereo44k', 'voice8k'].map((name) => `tests/golden/audio/${name}.wav`);

/** @param {Float32Array} embedding @returns {string[]} each number's bits */
const bitsOf = (embedding) =>
  Array.from(new Uint32Array(embedding.buffer, embedding.byteOffset, embedding.length), (bits) =>
    bits.toString(16),
  );

/**
 * What Node computes.
 *
 * @param {typeof MODELS[number]} model
 * @param {string} sound
 */
async function inNode({ path, modelType }, sound) {
  const source = new Uint8Array(readFileSync(new URL(path, repository)));
  const loaded = await loadEmbeddingModel({ source, modelType, build: 'baseline' });
  assert.equal(loaded.build, 'baseline');
  const audio = await decodeAudio(new Uint8Array(readFileSync(new URL(sound, repository))));
  const { embedding } = await getEmbedding(audio, undefined, { model: loaded, hopSize: 0.5 });
  loaded.close();
  return bitsOf(embedding);
}

/** @type {Promise<string[][]>} */
const expected = Promise.all(MODELS.map((model, k) => inNode(model, SOUNDS[k])));

inEachEngine(({ openPage }) => {
  for (const [k, model] of MODELS.entries()) {
    test(
      `${model.path}: the bits of Node`,
      againAfterCrash(async (t) => {
        const { tab } = await openPage(t);
        const { build, bits } = await tab.evaluate(
          async ({ path, modelType, sound }) => {
            const { decodeAudio, getEmbedding, loadEmbeddingModel } = await import(
              /** @type {any} */ ('/dist/index.js')
            );
            const bytes = async (/** @type {string} */ path) =>
              new Uint8Array(await (await fetch(`/${path}`)).arrayBuffer());
            const loaded = await loadEmbeddingModel({
              source: await bytes(path),
              modelType,
              build: 'baseline',
            });
            const audio = await decodeAudio(await bytes(sound));
            const { embedding } = await getEmbedding(audio, undefined, { model: loaded, hopSize: 0.5 });
            const { build } = loaded;
            loaded.close();
            const bits = new Uint32Array(embedding.buffer, embedding.byteOffset, embedding.length);
            return { build, bits: Array.from(bits, (value) => value.toString(16)) };
          },
          { ...model, sound: SOUNDS[k] },
        );
        assert.equal(build, 'baseline');
        assert.deepEqual(bits, (await expected)[k]);
      }),
    );
  }
});
