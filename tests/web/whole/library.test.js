import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getEmbedding, loadEmbeddingModel, meanOverTime, similarity } from 'edgel3';
import { randomNumbers } from '../support/random_numbers.js';
import { sound } from '../support/sounds.js';

test('any number of workers gives the same bits', async () => {
  const audio = sound(100_000, 16_000);
  const results = [];
  for (const workers of [0, 1, 3]) {
    const model = await loadEmbeddingModel({ workers });
    const options = { model, hopSize: 0.07 };
    const [long, short] = await Promise.all([
      getEmbedding(audio, 16_000, options),
      getEmbedding(audio.subarray(0, 17_000), 16_000, options),
    ]);
    results.push([...long.embedding, ...short.embedding, ...long.timestamps]);
    model.close();
  }
  for (const result of results) assert.deepEqual(result, results[0]);
});

test('a stream gives the bits of the whole', async () => {
  const model = await loadEmbeddingModel();
  const random = randomNumbers(9);
  const audio = sound(80_000, 22_050);
  const whole = await getEmbedding(audio, 22_050, { model });
  let start = 0;
  const pieces = new ReadableStream({
    pull(controller) {
      const end = start + Math.floor(random() * 6000);
      if (start < audio.length) controller.enqueue(audio.subarray(start, end));
      else controller.close();
      start = end;
    },
  });
  const reader = pieces.pipeThrough(model.stream({ sampleRate: 22_050 })).getReader();
  const embeddings = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    assert.equal(next.value.timestamp, whole.timestamps[embeddings.length / 64]);
    embeddings.push(...next.value.embedding);
  }
  assert.deepEqual(Float32Array.from(embeddings), whole.embedding);
  model.close();
});

test("the caller's arrays stay whole", async () => {
  const samples = sound(20_000, 8000);
  const copy = samples.slice();
  const model = await loadEmbeddingModel({ workers: 2 });
  await getEmbedding([samples, samples], 8000, { model });
  const writer = model.stream({ sampleRate: 8000 }).writable.getWriter();
  writer.write(samples).catch(() => {});
  await getEmbedding(samples, 8000, { model });
  assert.deepEqual(samples, copy);
  model.close();
});

test('an abort and close() end what is at work', async () => {
  const audio = sound(80_000, 8000);
  for (const workers of [0, 2]) {
    const model = await loadEmbeddingModel({ workers });
    const controller = new AbortController();
    const options = { model, signal: controller.signal, onProgress: () => controller.abort() };
    await assert.rejects(getEmbedding(audio, 8000, options), { code: 'aborted' });
    const onProgress = () => model.close();
    await assert.rejects(getEmbedding(audio, 8000, { model, onProgress }), { code: 'closed' });
    await assert.rejects(getEmbedding(audio, 8000, { model }), { code: 'closed' });
  }
});

test('similar sounds have similar embeddings', async () => {
  const model = await loadEmbeddingModel();
  const [tone, same, noise] = await Promise.all(
    [sound(24_000, 8000), sound(25_000, 8000), sound(24_000, 8000).map((_, i) => Math.sin(i * i))].map(
      async (audio) => meanOverTime(await getEmbedding(audio, 8000, { model })),
    ),
  );
  assert.ok(similarity(tone, same) > similarity(tone, noise));
  model.close();
});
