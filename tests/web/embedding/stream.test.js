import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { randomNumbers } from '../support/random_numbers.js';
import { sound } from '../support/sounds.js';

/** @import { AudioInput, TimedEmbedding } from 'edgel3' */
/** @typedef {Float32Array[]} Channels */

/** @type {import('edgel3').EmbeddingModel} */
let model;
before(async () => {
  model = await loadEmbeddingModel({ workers: 2 });
});
after(() => model.close());

/**
 * @param {Iterable<AudioInput>} pieces
 * @param {import('edgel3').StreamOptions} options
 * @returns {Promise<TimedEmbedding[]>}
 */
async function embedPieces(pieces, options) {
  const results = [];
  // Not `for await`, which WebKit's streams do not know.
  const reader = toStream(pieces).pipeThrough(model.stream(options)).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) results.push(next.value);
  return results;
}

/** @param {Iterable<AudioInput>} pieces @returns {ReadableStream<AudioInput>} */
function toStream(pieces) {
  const iterator = pieces[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

/** @param {Channels} channels @param {() => number} nextLength */
function* cut(channels, nextLength) {
  for (let start = 0; start < channels[0].length; ) {
    const end = start + nextLength();
    yield channels.map((channel) => channel.subarray(start, end));
    start = end;
  }
}

/** @param {TimedEmbedding[]} results */
function joined(results) {
  return {
    embedding: Float32Array.from(results.flatMap(({ embedding }) => Array.from(embedding))),
    shape: [results.length, 64],
    timestamps: Float64Array.from(results, ({ timestamp }) => timestamp),
  };
}

const random = randomNumbers(4);
for (const [name, nextLength] of /** @type {[string, () => number][]} */ ([
  ['128', () => 128],
  ['44,100', () => 44_100],
  ['all', () => Number.POSITIVE_INFINITY],
  ['random numbers of', () => Math.floor(random() ** 3 * 9000)],
])) {
  test(`pieces of ${name} samples give what the whole gives, bit for bit`, async () => {
    for (const [sampleRate, length] of [
      [44_100, 60_000],
      [8000, 20_001],
      [48_000, 100_000],
      [22_050, 9000],
    ]) {
      const channels = [sound(length, sampleRate), sound(length, sampleRate).reverse()];
      for (const options of [
        { hopSize: 0.1, center: true },
        { hopSize: 0.0371, center: false },
        { hopSize: 1.7, center: true },
      ]) {
        const expected = await getEmbedding(channels, sampleRate, { model, ...options, onWarning() {} });
        const pieces = cut(channels, nextLength);
        assert.deepEqual(joined(await embedPieces(pieces, { sampleRate, ...options })), expected);
      }
    }
  });
}

test('single samples too', async () => {
  const audio = sound(12_345, 11_025);
  const expected = await getEmbedding(audio, 11_025, { model });
  const pieces = cut([audio], () => 1);
  assert.deepEqual(joined(await embedPieces(pieces, { sampleRate: 11_025 })), expected);
});

test('pieces may be of every form of audio, and empty', async () => {
  const integers = Int16Array.from(sound(9000, 8000), (sample) => Math.round(sample * 32768));
  const floats = Float32Array.from(integers, (sample) => sample / 32768);
  const buffer = {
    numberOfChannels: 1,
    length: 1000,
    sampleRate: 8000,
    getChannelData: () => floats.subarray(8000),
  };
  const pieces = [
    new Float32Array(0),
    integers.subarray(0, 3000),
    [floats.subarray(3000, 5000)],
    Float64Array.from(floats.subarray(5000, 8000)),
    new Float32Array(0),
    buffer,
  ];
  assert.deepEqual(
    joined(await embedPieces(pieces, { sampleRate: 8000 })),
    await getEmbedding(floats, 8000, { model }),
  );
});

test('a window comes out once it is complete, not later', async () => {
  const stream = model.stream({ sampleRate: 8000, hopSize: 0.5, center: false });
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const audio = sound(12_000, 8000);
  writer.write(audio.subarray(0, 8000));
  const first = await reader.read();
  assert.equal(first.value?.timestamp, 0);
  writer.write(audio.subarray(8000));
  const second = await reader.read();
  assert.equal(second.value?.timestamp, 0.5);
  writer.close();
  assert.equal((await reader.read()).done, true);
});

test('no more is taken than was asked for, however long the sound', async () => {
  let taken = 0;
  const endless = new ReadableStream(
    {
      pull(controller) {
        taken++;
        controller.enqueue(sound(800, 8000));
      },
    },
    { highWaterMark: 0 },
  );
  const options = { sampleRate: 8000, hopSize: 0.1, center: false };
  const reader = endless.pipeThrough(model.stream(options)).getReader();
  for (let count = 0; count < 100; count++) {
    const { value } = await reader.read();
    assert.equal(value?.timestamp, count * 0.1);
    // A window of ten pieces, what is under way in two workers, and what the streams themselves keep.
    assert.ok(taken <= count + 30, `${taken} pieces for ${count} windows`);
  }
  await reader.cancel();
});

test('streams and calls at the same time do not disturb each other', async () => {
  const sounds = [9000, 30_000, 50_000].map((length) => sound(length, 16_000));
  const expected = [];
  for (const audio of sounds) expected.push(await getEmbedding(audio, 16_000, { model }));
  const [whole, ...streamed] = await Promise.all([
    getEmbedding(sounds[1], 16_000, { model }),
    ...sounds.map((audio) =>
      embedPieces(
        cut([audio], () => 1000),
        { sampleRate: 16_000 },
      ),
    ),
  ]);
  assert.deepEqual(streamed.map(joined), expected);
  assert.deepEqual(whole, expected[1]);
});

test('silence and less than a second are warned of at the end, as for the whole', async () => {
  for (const [audio, codes] of /** @type {[Float32Array, string[]][]} */ ([
    [sound(9000, 8000), []],
    [sound(7000, 8000), ['audio_short']],
    [new Float32Array(9000), ['audio_silent']],
    [new Float32Array(5), ['audio_silent', 'audio_short']],
  ])) {
    /** @type {string[]} */
    const heard = [];
    const onWarning = (/** @type {import('edgel3').EdgeL3Warning} */ { code }) => heard.push(code);
    await getEmbedding(audio, 8000, { model, onWarning });
    assert.deepEqual(heard.splice(0), codes);
    const pieces = cut([audio], () => 3000);
    await embedPieces(pieces, { sampleRate: 8000, onWarning });
    assert.deepEqual(heard, codes);
  }
});

test('bad options are refused at once, bad pieces end the stream', async () => {
  for (const [code, options] of /** @type {[string, any][]} */ ([
    ['sample_rate_invalid', {}],
    ['sample_rate_invalid', { sampleRate: 0 }],
    ['hop_invalid', { sampleRate: 8000, hopSize: 0 }],
    ['option_invalid', { sampleRate: 8000, center: 'yes' }],
  ])) {
    assert.throws(() => model.stream(options), { name: 'EdgeL3Error', code });
  }
  const samples = sound(8000, 8000);
  const withNaN = samples.slice();
  withNaN[10] = Number.NaN;
  for (const [code, pieces, options] of /** @type {[string, any[], any][]} */ ([
    ['audio_empty', [], {}],
    ['audio_empty', [new Float32Array(0)], {}],
    ['audio_invalid', ['sound'], {}],
    ['audio_invalid', [samples, [samples, samples]], {}],
    ['audio_not_finite', [samples, withNaN], {}],
    ['audio_too_short', [samples.subarray(0, 5)], { sampleRate: 48_000 }],
    ['hop_invalid', [samples], { hopSize: 1e-5 }],
  ])) {
    const result = embedPieces(pieces, { sampleRate: 8000, ...options });
    await assert.rejects(result, { name: 'EdgeL3Error', code }, code);
  }
});

test('closing the model ends its streams', async () => {
  const other = await loadEmbeddingModel({ workers: 1 });
  const stream = other.stream({ sampleRate: 8000, hopSize: 1, center: false });
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  writer.write(sound(8000, 8000)).catch(() => {});
  assert.equal((await reader.read()).value?.timestamp, 0);
  const next = reader.read();
  other.close();
  await assert.rejects(next, { code: 'closed' });
  await assert.rejects(writer.write(sound(8000, 8000)), { code: 'closed' });
  assert.throws(() => other.stream({ sampleRate: 8000 }), { code: 'closed' });
});
