import { randomNumbers } from './random_numbers.js';
import { sound } from './sounds.js';

/** @typedef {typeof import('edgel3')} Library */
/** @typedef {import('edgel3').EmbeddingModel} EmbeddingModel */

/**
 * What must hold in Node and in pages alike; this file needs neither.
 *
 * @type {Record<string, (library: Library) => Promise<void>>}
 */
export const checks = {
  async 'any number of workers gives the same bits'(library) {
    const audio = sound(100_000, 16_000);
    const results = [];
    for (const workers of [0, 1, 3]) {
      const model = await library.loadEmbeddingModel({ workers });
      const options = { model, hopSize: 0.07 };
      const [long, short] = await Promise.all([
        library.getEmbedding(audio, 16_000, options),
        library.getEmbedding(audio.subarray(0, 17_000), 16_000, options),
      ]);
      results.push([...long.embedding, ...short.embedding, ...long.timestamps]);
      model.close();
    }
    for (const result of results) assertSame(result, results[0]);
  },

  async 'a stream gives the bits of the whole'(library) {
    const model = await library.loadEmbeddingModel();
    const random = randomNumbers(9);
    const audio = sound(80_000, 22_050);
    const whole = await library.getEmbedding(audio, 22_050, { model });
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
      assertSame([next.value.timestamp], [whole.timestamps[embeddings.length / 64]]);
      embeddings.push(...next.value.embedding);
    }
    assertSame(embeddings, whole.embedding);
    model.close();
  },

  async "the caller's arrays stay whole"(library) {
    const samples = sound(20_000, 8000);
    const copy = samples.slice();
    const model = await library.loadEmbeddingModel({ workers: 2 });
    await library.getEmbedding([samples, samples], 8000, { model });
    const writer = model.stream({ sampleRate: 8000 }).writable.getWriter();
    writer.write(samples).catch(() => {});
    await library.getEmbedding(samples, 8000, { model });
    assertSame(samples, copy);
    model.close();
  },

  async 'an abort and close() end what is at work'(library) {
    const audio = sound(80_000, 8000);
    for (const workers of [0, 2]) {
      const model = await library.loadEmbeddingModel({ workers });
      const controller = new AbortController();
      const options = { model, signal: controller.signal, onProgress: () => controller.abort() };
      await assertCode('aborted', library.getEmbedding(audio, 8000, options));
      const onProgress = () => model.close();
      await assertCode('closed', library.getEmbedding(audio, 8000, { model, onProgress }));
      await assertCode('closed', library.getEmbedding(audio, 8000, { model }));
    }
  },

  async 'similar sounds have similar embeddings'(library) {
    const model = await library.loadEmbeddingModel();
    const [tone, same, noise] = await Promise.all(
      [sound(24_000, 8000), sound(25_000, 8000), sound(24_000, 8000).map((_, i) => Math.sin(i * i))].map(
        async (audio) => library.meanOverTime(await library.getEmbedding(audio, 8000, { model })),
      ),
    );
    assertSame([library.similarity(tone, same) > library.similarity(tone, noise)], [true]);
    model.close();
  },
};

/** @param {ArrayLike<unknown>} actual @param {ArrayLike<unknown>} expected */
function assertSame(actual, expected) {
  if (actual.length !== expected.length) throw new Error(`${actual.length}, not ${expected.length} elements`);
  for (let index = 0; index < actual.length; index++) {
    if (!Object.is(actual[index], expected[index])) {
      throw new Error(`element ${index} is ${actual[index]}, not ${expected[index]}`);
    }
  }
}

/** @param {string} code @param {Promise<unknown>} promise */
async function assertCode(code, promise) {
  const outcome = await promise.then(
    () => 'no error',
    (error) => error.code,
  );
  assertSame([outcome], [code]);
}
