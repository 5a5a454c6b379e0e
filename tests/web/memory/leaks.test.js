import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { sound } from '../support/sounds.js';

const CYCLES = 1000;

/** Bytes a cycle that the engine itself may keep, of counters and the like. */
const TOLERANCE = 500;

/** An hour: `EDGEL3_LIVE_SECONDS=3600 node --test tests/web/memory/leaks.test.js`. */
const LIVE_SECONDS = Number(process.env.EDGEL3_LIVE_SECONDS ?? 30);

/** Bytes by which the memory may differ from one look to the next. */
const LIVE_TOLERANCE = 500_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

/** @type {{ memory: WeakRef<WebAssembly.Memory>, bytes: number }[]} of every instance of the module */
const instances = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {WebAssembly.Module} */ module, /** @type {WebAssembly.Imports} */ imports) => {
    const instance = await instantiate(module, imports);
    const exported = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
    const memory = /** @type {WebAssembly.Memory} */ (exported);
    instances.push({ memory: new WeakRef(memory), bytes: 0 });
    return instance;
  }
);

const audio = sound(8000, 8000);
const hop = { hopSize: 1, center: false };

/** @param {number} workers */
async function cycle(workers) {
  const model = await loadEmbeddingModel({ workers });
  await getEmbedding(audio, 8000, { model, ...hop });
  const stream = model.stream({ sampleRate: 8000, ...hop });
  const [{ done }] = await Promise.all([
    stream.readable.getReader().read(),
    stream.writable.getWriter().write(audio),
  ]);
  assert.equal(done, false);
  for (const instance of instances) instance.bytes ||= instance.memory.deref()?.buffer.byteLength ?? 0;
  // The stream is open still.
  model.close();
}

async function settle() {
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
  }
  return {
    heap: process.memoryUsage().heapUsed,
    memories: instances.filter(({ memory }) => memory.deref()).length,
  };
}

test(`${CYCLES} models loaded, used, streamed and closed leave nothing behind`, async (t) => {
  for (let count = 0; count < 20; count++) await cycle(0);
  const before = await settle();
  for (let count = 0; count < CYCLES; count++) await cycle(0);
  const after = await settle();
  t.diagnostic(`heap: ${after.heap - before.heap} bytes more; WebAssembly memories: ${after.memories}`);
  assert.equal(instances.length, CYCLES + 20);
  assert.equal(new Set(instances.map(({ bytes }) => bytes)).size, 1, 'every instance needs the same');
  assert.ok(instances[0].bytes > 0);
  assert.ok(after.memories <= before.memories, `${after.memories} memories`);
  assert.ok(after.heap - before.heap < TOLERANCE * CYCLES, `${after.heap - before.heap} bytes`);
});

test('one model serves without end in the memory that it had after the first calls', async () => {
  const { length } = instances;
  const model = await loadEmbeddingModel({ workers: 0 });
  for (let count = 0; count < 5; count++) await getEmbedding(audio, 8000, { model, ...hop });
  const memory = instances[length].memory.deref();
  const bytes = memory?.buffer.byteLength;
  for (let count = 0; count < 200; count++) await getEmbedding(audio, 8000, { model, ...hop });
  assert.equal(memory?.buffer.byteLength, bytes);
  model.close();
});

test('workers end with their model', async () => {
  /** @type {Promise<unknown>[]} */
  const exits = [];
  const onStart = (/** @type {any} */ { worker }) => exits.push(once(worker, 'exit'));
  subscribe('worker_threads', onStart);
  for (let count = 0; count < 20; count++) await cycle(2);
  unsubscribe('worker_threads', onStart);
  assert.ok(exits.length >= 20);
  await Promise.all(exits);
});

test(`${LIVE_SECONDS} s of live sound at a hop of 0.1 s need no more memory than the first of them`, async (t) => {
  const { length } = instances;
  const model = await loadEmbeddingModel({ workers: 0 });
  const memory = instances[length].memory.deref();
  const piece = sound(1024, 48_000);
  let pieces = 0;
  const microphone = new ReadableStream({
    pull(controller) {
      if (pieces++ * piece.length < LIVE_SECONDS * 48_000) controller.enqueue(piece.slice());
      else controller.close();
    },
  });
  let windows = 0;
  const measurements = [];
  for await (const { embedding } of microphone.pipeThrough(model.stream({ sampleRate: 48_000 }))) {
    assert.equal(embedding.length, 64);
    // Ten times in all, less the end.
    if (++windows % LIVE_SECONDS === 0) {
      const { heap } = await settle();
      measurements.push({
        heap,
        wasm: memory?.buffer.byteLength,
        arrays: process.memoryUsage().arrayBuffers,
      });
    }
  }
  model.close();
  assert.ok(windows > 10 * (LIVE_SECONDS - 1), `${windows} windows`);
  for (const measurement of measurements) t.diagnostic(JSON.stringify(measurement));
  const [first, last] = [measurements[0], measurements[measurements.length - 1]];
  assert.equal(last.wasm, first.wasm);
  assert.ok(last.heap - first.heap < LIVE_TOLERANCE, `${last.heap - first.heap} bytes more in the heap`);
  assert.ok(
    last.arrays - first.arrays < LIVE_TOLERANCE,
    `${last.arrays - first.arrays} bytes more in arrays`,
  );
});
