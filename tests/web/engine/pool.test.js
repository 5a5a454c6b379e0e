import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sound } from '../support/sounds.js';
import { WatchedLibrary } from '../support/watched_library.js';

const library = new WatchedLibrary();
/** @type {typeof import('edgel3')} */
let edgel3;
before(async () => {
  edgel3 = await library.load();
});
beforeEach(() => library.reset());
after(() => library.remove());

const audio = sound(80_000, 8000);
const WINDOWS = 91;

/**
 * @param {import('node:test').TestContext} t
 * @param {number} workers
 */
async function load(t, workers) {
  const model = await edgel3.loadEmbeddingModel({ workers });
  t.after(() => model.close());
  const embed = (/** @type {Float32Array} */ samples, /** @type {object} */ options = {}) =>
    edgel3.getEmbedding(samples, 8000, { model, center: false, ...options });
  return { model, embed };
}

test('the number of workers changes nothing but the time', async (t) => {
  const { embed } = await load(t, 0);
  const expected = await embed(audio);
  assert.deepEqual(expected.shape, [WINDOWS, 64]);
  for (const workers of [1, 2, 5]) {
    const other = await load(t, workers);
    assert.deepEqual(await other.embed(audio), expected);
    const options = [0.05, 0.1, 0.7, 1.5].map((hopSize) => ({ hopSize }));
    const together = await Promise.all(options.map((option) => other.embed(audio, option)));
    for (const [index, option] of options.entries()) {
      assert.deepEqual(together[index], await embed(audio, option));
    }
  }
});

test('the samples that a program gives stay as they are', async (t) => {
  const { model, embed } = await load(t, 1);
  const given = audio.slice();
  const { embedding } = await embed(given);
  const { writable, readable } = model.stream({ sampleRate: 8000, center: false });
  const writer = writable.getWriter();
  // The same array for both channels, as programs have it.
  const written = writer.write([given, given]).then(() => writer.close());
  const rows = [];
  for await (const row of readable) rows.push(...row.embedding);
  await written;
  assert.deepEqual(Float32Array.from(rows), embedding);
  assert.deepEqual(given, audio);
});

test('workers start as there is work for them', async (t) => {
  const { embed } = await load(t, 3);
  assert.equal(library.instances, 1, 'to load the model');
  await embed(audio.subarray(0, 8000));
  assert.equal(library.instances, 1, 'for one window');
  library.allow(0);
  const results = Array.from({ length: 6 }, () => embed(audio.subarray(0, 8000)));
  await library.untilWindows(4);
  assert.equal(library.instances, 3, 'for two windows each');
  library.allow(1000);
  await Promise.all(results);
  assert.equal(library.windows, 7);
});

test('the pieces of one stream keep two workers busy', async (t) => {
  const { model } = await load(t, 2);
  const stream = model.stream({ sampleRate: 8000, hopSize: 0.1 });
  const reading = stream.readable.pipeTo(new WritableStream());
  const writer = stream.writable.getWriter();
  for (let start = 0; start < 80_000; start += 10_000)
    await writer.write(audio.subarray(start, start + 10_000));
  await writer.close();
  await reading;
  assert.equal(library.instances, 2);
});

for (const workers of [0, 1, 3]) {
  test(`an abort stops ${workers} workers within one window each`, async (t) => {
    const { embed } = await load(t, workers);
    const controller = new AbortController();
    const options = { signal: controller.signal };
    // In place nothing can be held up: there the abort comes from the progress.
    if (workers > 0) library.allow(20);
    const onProgress = () => workers === 0 && controller.abort('enough');
    const result = assert.rejects(embed(audio, { ...options, onProgress }), {
      code: 'aborted',
      cause: 'enough',
    });
    if (workers > 0) {
      await library.untilWindows(21);
      controller.abort('enough');
    }
    await result;
    const begun = workers > 0 ? 20 : library.windows;
    library.allow(1000);
    const later = Array.from({ length: 2 * workers + 1 }, () => embed(audio.subarray(0, 8000)));
    await Promise.all(later);
    assert.ok(library.windows <= begun + workers + later.length, `${library.windows} after ${begun}`);
  });
}

test('a call that waits for others is aborted at once', async (t) => {
  const { embed } = await load(t, 1);
  library.allow(0);
  const first = embed(audio);
  await library.untilWindows(1);
  const controller = new AbortController();
  const second = assert.rejects(embed(audio, { signal: controller.signal }), { code: 'aborted' });
  controller.abort();
  await second;
  library.allow(1000);
  assert.deepEqual((await first).shape, [WINDOWS, 64]);
});

test('a worker that dies fails its calls and is replaced', async (t) => {
  const { model, embed } = await load(t, 1);
  const expected = await embed(audio);
  library.dieAt(WINDOWS + 30);
  await assert.rejects(embed(audio), { name: 'EdgeL3Error', code: 'worker_failed', message: /exit code 3/ });
  assert.deepEqual(await embed(audio), expected);
  assert.equal(library.instances, 2);

  library.dieAt(library.windows + 30);
  const streamed = new ReadableStream({
    pull: (controller) => controller.enqueue(audio.subarray(0, 4000)),
  }).pipeThrough(model.stream({ sampleRate: 8000 }));
  await assert.rejects(
    async () => {
      for await (const _ of streamed);
    },
    { code: 'worker_failed' },
  );
  assert.deepEqual(await embed(audio), expected);
});

test('a worker that dies fails no call of another', async (t) => {
  const { embed } = await load(t, 2);
  const expected = await embed(audio);
  library.dieAt(library.windows + 10);
  const results = await Promise.allSettled([embed(audio), embed(audio.subarray(0, 8000))]);
  assert.ok(results.some(({ status }) => status === 'rejected'));
  for (const result of results) {
    if (result.status === 'rejected') assert.equal(result.reason.code, 'worker_failed');
  }
  assert.deepEqual(await embed(audio), expected);
});

test('a module that traps is replaced too', async (t) => {
  for (const workers of [0, 1]) {
    library.reset();
    const { embed } = await load(t, workers);
    library.trapAt(10);
    await assert.rejects(embed(audio), { code: 'internal', message: /unreachable/ });
    assert.deepEqual((await embed(audio)).shape, [WINDOWS, 64]);
    assert.equal(library.instances, 2);
  }
});

for (const workers of [0, 2]) {
  test(`close() ends what ${workers} workers do`, async (t) => {
    const { model, embed } = await load(t, workers);
    const calls = [1, 2, 3].map(() => assert.rejects(embed(audio), { name: 'EdgeL3Error', code: 'closed' }));
    await library.untilWindows(5);
    model.close();
    await Promise.all(calls);
    await assert.rejects(embed(audio), { code: 'closed' });
    model.close();
  });
}

test('loading is aborted while a worker is at it', async () => {
  const controller = new AbortController();
  const onProgress = () => queueMicrotask(() => controller.abort());
  await assert.rejects(edgel3.loadEmbeddingModel({ onProgress, signal: controller.signal }), {
    code: 'aborted',
  });
});

test('numbers of workers that make no sense', async () => {
  for (const workers of [-1, 1.5, 65, '2', Number.NaN, null]) {
    await assert.rejects(edgel3.loadEmbeddingModel(/** @type {any} */ ({ workers })), {
      code: 'option_invalid',
    });
  }
});

test('where no worker can be started, all is done in place, with a warning; a number is an error', async (t) => {
  const { embed } = await load(t, 0);
  const expected = await embed(audio);
  library.removeWorker();
  /** @type {import('edgel3').EdgeL3Warning[]} */
  const warnings = [];
  const onWarning = (/** @type {import('edgel3').EdgeL3Warning} */ warning) => warnings.push(warning);
  const model = await edgel3.loadEmbeddingModel({ onWarning });
  t.after(() => model.close());
  assert.equal(model.workers, 0);
  assert.deepEqual(await edgel3.getEmbedding(audio, 8000, { model, center: false }), expected);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['workers_unavailable'],
  );
  assert.match(warnings[0].message, /file:.*edgel3-worker\.js.*docs\/hosting\.md/);
  await assert.rejects(edgel3.loadEmbeddingModel({ workers: 1 }), {
    code: 'worker_failed',
    message: /file:.*edgel3-worker\.js.*workers: 0/,
  });
});
