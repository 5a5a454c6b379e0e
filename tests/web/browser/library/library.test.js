import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { readAudioFile } from 'edgel3/node';
import { goldenModelPath } from '../../support/model_files.js';
import { sound } from '../../support/sounds.js';
import { againAfterCrash } from '../crashes.js';
import { inEachEngine, repository } from '../in_each_engine.js';

const page = '/some/nested/page';

/**
 * @param {ArrayLike<number>} actual
 * @param {ArrayLike<number>} expected by Node, perhaps with the other build
 */
function assertClose(actual, expected) {
  assert.equal(actual.length, expected.length);
  const peak = Math.max(...Array.from(expected));
  for (let i = 0; i < expected.length; i++) assert.ok(Math.abs(actual[i] - expected[i]) <= 1e-4 * peak);
}

/** Runs in a page. @returns {Promise<any>} why the built-in model cannot be loaded there */
async function loadModel() {
  const { loadEmbeddingModel } = await import(/** @type {string} */ ('/dist/index.js'));
  return loadEmbeddingModel().then(String, (/** @type {any} */ { code, message }) => ({ code, message }));
}

inEachEngine(({ engine, openPage }) => {
  /**
   * A new page, with the library as built and nothing else, under a strict Content-Security-Policy.
   *
   * @param {import('node:test').TestContext} t
   * @param {import('../in_each_engine.js').Options} [options]
   */
  const open = (t, options) => openPage(t, { pathOfPage: page, ...options });

  test(
    'the built-in model gives what it gives in Node, and only what it needs is fetched',
    againAfterCrash(async (t) => {
      const { tab, server } = await open(t);
      const audio = sound(30_000, 22_050);
      const result = await tab.evaluate(async (samples) => {
        const { getEmbedding } = await import(/** @type {string} */ ('/dist/index.js'));
        const { embedding, shape, timestamps } = await getEmbedding(Float32Array.from(samples), 22_050);
        return { embedding: Array.from(embedding), shape, timestamps: Array.from(timestamps) };
      }, Array.from(audio));
      const expected = await getEmbedding(audio, 22_050);
      assert.deepEqual(result.shape, expected.shape);
      assert.deepEqual(result.timestamps, Array.from(expected.timestamps));
      assertClose(result.embedding, expected.embedding);
      const fetched = server.requests
        .filter((path) => path.startsWith('/dist/'))
        // Which build it is, the engine decides.
        .map((path) => path.replace('-relaxed', ''));
      assert.deepEqual([...new Set(fetched)].sort(), [
        '/dist/edgel3-core.js',
        '/dist/edgel3-model.safetensors',
        '/dist/edgel3-worker.js',
        '/dist/edgel3.wasm',
        '/dist/index.js',
        '/dist/shared.js',
      ]);
      const once = fetched.filter((path) => !path.endsWith('.js'));
      assert.equal(
        once.length,
        2,
        'the module and the model are fetched once, whatever the number of workers',
      );
    }),
  );

  test(
    'sound files are read as in Node, to the last bit',
    againAfterCrash(async (t) => {
      const { tab, server } = await open(t);
      const folder = 'tests/web/decoders/sounds/';
      for (const name of [
        's24.wav',
        's32.aiff',
        'sides.flac',
        'flac.oga',
        'six.opus',
        'vorbis.ogg',
        'mpeg1.mp3',
      ]) {
        const actual = await tab.evaluate(async (path) => {
          const { decodeAudio } = await import(/** @type {string} */ ('/dist/index.js'));
          const { channels, sampleRate } = await decodeAudio(await (await fetch(path)).blob());
          return {
            sampleRate,
            channels: channels.map((/** @type {Float32Array} */ samples) => Array.from(samples)),
          };
        }, `/${folder}${name}`);
        const { channels, sampleRate } = await readAudioFile(new URL(folder + name, repository));
        assert.equal(actual.sampleRate, sampleRate);
        assert.deepEqual(
          actual.channels,
          channels.map((samples) => Array.from(samples)),
          name,
        );
      }
      // A decoder is fetched when it is needed, once.
      const decoders = server.requests.filter((path) => path.startsWith('/dist/decoders/'));
      assert.deepEqual(decoders.sort(), [
        '/dist/decoders/mp3_decoder.js',
        '/dist/decoders/opus_decoder.js',
        '/dist/decoders/vorbis_decoder.js',
      ]);
      const damaged = await tab.evaluate(async (path) => {
        const { decodeAudio, EdgeL3Error } = await import(/** @type {string} */ ('/dist/index.js'));
        const bytes = await (await fetch(path)).arrayBuffer();
        const error = await decodeAudio(bytes.slice(0, bytes.byteLength / 2)).catch(
          (/** @type {Error} */ e) => e,
        );
        return error instanceof EdgeL3Error && error.code;
      }, `/${folder}stereo.flac`);
      assert.equal(damaged, 'file_damaged');
    }),
  );

  test(
    'a worker that dies fails its calls and is replaced',
    againAfterCrash(async (t) => {
      const { tab } = await open(t);
      const outcome = await tab.evaluate(async () => {
        const { getEmbedding, loadEmbeddingModel } = await import(/** @type {string} */ ('/dist/index.js'));
        /** @type {Worker[]} */
        const workers = [];
        window.Worker = class extends Worker {
          constructor(/** @type {string | URL} */ url, /** @type {WorkerOptions | undefined} */ options) {
            super(url, options);
            workers.push(this);
          }
        };
        const model = await loadEmbeddingModel({ workers: 1 });
        const audio = Float32Array.from({ length: 40_000 }, (_, index) => Math.sin(index * index));
        const onProgress = () => workers[0].dispatchEvent(new ErrorEvent('error', { message: 'it died' }));
        const failure = await getEmbedding(audio, 8000, { model, onProgress }).catch(
          (/** @type {any} */ error) => error,
        );
        const { shape } = await getEmbedding(audio, 8000, { model });
        return { code: failure.code, message: failure.message, shape, started: workers.length };
      });
      assert.equal(outcome.code, 'worker_failed');
      assert.match(outcome.message, /it died/);
      assert.deepEqual(outcome.shape, [46, 64]);
      assert.equal(outcome.started, 2);
    }),
  );

  test(
    'a worker that cannot be loaded is told, and none is needed in place',
    againAfterCrash(async (t) => {
      const { tab } = await open(t, { answerWithPage: /worker/ });
      const outcome = await tab.evaluate(async () => {
        const { getEmbedding, loadEmbeddingModel } = await import(/** @type {string} */ ('/dist/index.js'));
        const failure = await loadEmbeddingModel({ workers: 1 }).catch((/** @type {any} */ error) => error);
        const model = await loadEmbeddingModel({ workers: 0 });
        const { shape } = await getEmbedding(new Float32Array(8000).fill(0.5), 8000, { model });
        return { code: failure.code, message: failure.message, shape };
      });
      assert.equal(outcome.code, 'worker_failed');
      assert.match(outcome.message, /workers: 0/);
      assert.deepEqual(outcome.shape, [6, 64]);
    }),
  );

  test(
    'a Keras file by URL and as a Blob, and an AudioBuffer',
    againAfterCrash(async (t) => {
      const { tab } = await open(t);
      const samples = Array.from(sound(12_000, 16_000));
      const results = await tab.evaluate(async (samples) => {
        const { getEmbedding, loadEmbeddingModel } = await import(/** @type {string} */ ('/dist/index.js'));
        const url = '../../tests/golden/synthetic_sea64.h5.gz';
        const buffer = new AudioBuffer({ length: samples.length, sampleRate: 16_000 });
        buffer.copyToChannel(Float32Array.from(samples), 0);
        const embeddings = [];
        for (const source of [url, await (await fetch(url)).blob()]) {
          const model = await loadEmbeddingModel({ source });
          embeddings.push(Array.from((await getEmbedding(buffer, undefined, { model })).embedding));
          model.close();
        }
        return embeddings;
      }, samples);
      const model = await loadEmbeddingModel({ source: readFileSync(goldenModelPath('sea64')) });
      const expected = await getEmbedding(Float32Array.from(samples), 16_000, { model });
      model.close();
      for (const embedding of results) assertClose(embedding, expected.embedding);
    }),
  );

  test(
    'errors have their codes in a page too',
    againAfterCrash(async (t) => {
      const { tab } = await open(t);
      const codes = await tab.evaluate(async () => {
        const { getEmbedding, loadEmbeddingModel } = await import(/** @type {string} */ ('/dist/index.js'));
        const codeOf = (/** @type {Promise<unknown>} */ promise) => promise.then(String, ({ code }) => code);
        return [
          await codeOf(getEmbedding(new Float32Array(0), 8000)),
          await codeOf(loadEmbeddingModel({ source: '/nothing.h5' })),
          await codeOf(loadEmbeddingModel({ source: 'page' })),
          await codeOf(loadEmbeddingModel({ modelType: 'sea' })),
          await codeOf(loadEmbeddingModel({ signal: AbortSignal.abort() })),
        ];
      });
      assert.deepEqual(codes, [
        'audio_empty',
        'file_not_found',
        'model_invalid',
        'model_not_found',
        'aborted',
      ]);
    }),
  );

  test(
    'HTML instead of the module is told from its first bytes',
    againAfterCrash(async (t) => {
      const { tab } = await open(t, { answerWithPage: /\.wasm$/ });
      const error = await tab.evaluate(loadModel);
      assert.equal(error.code, 'wasm_unavailable');
      assert.match(error.message, /\/dist\/edgel3(-relaxed)?\.wasm gave/);
      assert.ok(error.message.includes('<!doctype html>'), error.message);
    }),
  );

  test('an engine without SIMD is told so', {
    skip: !engine.canLackSimd && 'it cannot be switched off',
  }, async (t) => {
    const old = await engine.launch({ simd: false });
    const { tab } = await open(t, { browser: old });
    t.after(() => old.close());
    const error = await tab.evaluate(loadModel);
    assert.equal(error.code, 'wasm_unavailable');
    assert.match(error.message, /SIMD/);
  });
});
