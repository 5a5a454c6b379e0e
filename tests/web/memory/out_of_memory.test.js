// Memory that cannot grow: at the first time that it has to, at the second, and so on, until a task gets through.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { convertModel, getEmbedding, loadEmbeddingModel } from 'edgel3';
import { goldenModel } from '../support/model_files.js';
import { sound } from '../support/sounds.js';

/** The WebAssembly module asks its host for more memory by this, in steps of what it needs. */
const { grow } = WebAssembly.Memory.prototype;

/** How often memory may grow from now on. */
let growthsLeft = Number.POSITIVE_INFINITY;

WebAssembly.Memory.prototype.grow = function (pages) {
  if (growthsLeft === 0) throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
  growthsLeft--;
  return grow.call(this, pages);
};

const audio = sound(60_000, 44_100);

/** @import { EmbeddingModel } from 'edgel3' */

/** @type {Record<string, (model: EmbeddingModel) => Promise<unknown>>} */
const tasks = {
  embedding: (model) => getEmbedding([audio, audio], 44_100, { model }),
  streaming: async (model) => {
    const { readable, writable } = model.stream({ sampleRate: 48_000 });
    const writer = writable.getWriter();
    const writing = writer.write(audio).then(() => writer.close());
    const reading = (async () => {
      for await (const _ of readable);
    })();
    await Promise.all([writing, reading]);
  },
  'the mel spectrogram': (model) => model.melSpectrogram(audio, 44_100),
};

/**
 * Does something with ever more memory, until it works.
 *
 * @param {() => Promise<unknown>} task
 * @returns {Promise<number>} how often it failed
 */
async function failAtEachGrowth(task) {
  for (let failures = 0; ; failures++) {
    growthsLeft = failures;
    try {
      await task();
      return failures;
    } catch (error) {
      const { name, code } = /** @type {import('edgel3').EdgeL3Error} */ (error);
      assert.deepEqual([name, code], ['EdgeL3Error', 'out_of_memory'], /** @type {Error} */ (error).stack);
    } finally {
      growthsLeft = Number.POSITIVE_INFINITY;
    }
  }
}

for (const network of ['sea64', 'sparse']) {
  test(`${network} is loaded: every growth of the memory may fail`, async (t) => {
    const source = await convertModel(goldenModel(network));
    const failures = await failAtEachGrowth(async () => {
      const model = await loadEmbeddingModel({ source, workers: 0 });
      model.close();
    });
    t.diagnostic(`${failures} failures`);
    assert.ok(failures > 2);
  });
}

for (const [name, task] of Object.entries(tasks)) {
  test(`${name}: every growth of the memory may fail, and the model goes on with another instance`, async (t) => {
    const failures = await failAtEachGrowth(async () => {
      const allowed = growthsLeft;
      growthsLeft = Number.POSITIVE_INFINITY;
      const model = await loadEmbeddingModel({ workers: 0 });
      growthsLeft = allowed;
      try {
        await task(model);
      } catch (error) {
        growthsLeft = Number.POSITIVE_INFINITY;
        await task(model);
        throw error;
      } finally {
        model.close();
      }
    });
    t.diagnostic(`${failures} failures`);
    assert.ok(failures > 1);
  });
}

test('there may be no memory to begin with', async (t) => {
  const failure = new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory');
  const mocked = t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(failure));
  const code = 'out_of_memory';
  await assert.rejects(loadEmbeddingModel({ workers: 0 }), { name: 'EdgeL3Error', code, cause: failure });
  mocked.mock.restore();
  (await loadEmbeddingModel({ workers: 0 })).close();
});
