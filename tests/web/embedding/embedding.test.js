import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getEmbedding, l2Normalize, loadEmbeddingModel, poolOverTime } from 'edgel3';
import { sound } from '../support/sounds.js';

/** @type {import('edgel3').EmbeddingModel} */
let model;
before(async () => {
  model = await loadEmbeddingModel();
});
after(() => model.close());

/** Windows by upstream's formulas, from the length at the model's rate. */
function countWindows(
  /** @type {number} */ length,
  /** @type {{ hopSize: number, center: boolean }} */ { hopSize, center },
) {
  const window = 8000;
  const hop = Math.trunc(hopSize * window);
  const centred = length + (center ? window / 2 : 0);
  return centred <= window ? 1 : 1 + Math.ceil((centred - window) / hop);
}

test('one row for each window, and times that are multiples of the hop', async () => {
  for (const [rate, length] of [
    [8000, 1],
    [8000, 8000],
    [8000, 8001],
    [8000, 25_321],
    [44100, 30_000],
    [48000, 100_000],
    [11025, 40_000],
  ]) {
    for (const options of [
      { hopSize: 0.1, center: true },
      { hopSize: 0.0371, center: false },
      { hopSize: 2.3, center: true },
    ]) {
      const audio = sound(length, rate);
      const { embedding, shape, timestamps } = await getEmbedding(audio, rate, {
        model,
        ...options,
        onWarning() {},
      });
      const count = countWindows(Math.trunc(length * (8000 / rate)), options);
      assert.deepEqual(shape, [count, 64]);
      assert.equal(embedding.length, count * 64);
      assert.ok(embedding.every(Number.isFinite));
      assert.deepEqual(
        Array.from(timestamps),
        Array.from({ length: count }, (_, index) => index * options.hopSize),
      );
    }
  }
});

test('windows are those of the signal cut by hand', async () => {
  const audio = sound(20_000, 8000);
  const { embedding } = await getEmbedding(audio, 8000, { model, hopSize: 0.5, center: false });
  for (let index = 0; index < 3; index++) {
    const window = audio.subarray(index * 4000, index * 4000 + 8000);
    const alone = await getEmbedding(window, 8000, { model, center: false });
    assert.deepEqual(embedding.subarray(index * 64, (index + 1) * 64), alone.embedding);
  }
});

test('centring is half a second of silence in front', async () => {
  const audio = sound(8000, 8000);
  const shifted = new Float32Array(12_000);
  shifted.set(audio, 4000);
  const options = { model, hopSize: 0.25 };
  const centred = await getEmbedding(audio, 8000, { ...options, center: true });
  const byHand = await getEmbedding(shifted, 8000, { ...options, center: false });
  assert.deepEqual(centred, byHand);
});

test('every form of audio gives the same', async () => {
  const integers = Int16Array.from(sound(12_000, 11025), (sample) => Math.round(sample * 32768));
  const floats = Float32Array.from(integers, (sample) => sample / 32768);
  const expected = await getEmbedding(floats, 11025, { model });
  const buffer = {
    numberOfChannels: 1,
    length: floats.length,
    sampleRate: 11025,
    getChannelData: () => floats,
  };
  for (const audio of [integers, Float64Array.from(floats), [floats], [floats, integers], buffer]) {
    assert.deepEqual(await getEmbedding(audio, 11025, { model }), expected);
  }
  assert.deepEqual(await getEmbedding(buffer, undefined, { model }), expected);
});

test('channels are averaged', async () => {
  const [left, right] = [sound(9000, 8000), sound(9000, 8000).reverse()];
  const mean = Float64Array.from(left, (sample, index) => (sample + right[index]) / 2);
  assert.deepEqual(
    await getEmbedding([left, right], 8000, { model }),
    await getEmbedding(mean, 8000, { model }),
  );
});

test("the caller's arrays stay as they are, and results do not change later", async () => {
  const audio = sound(16_000, 8000);
  const copy = audio.slice();
  const first = await getEmbedding(audio, 8000, { model });
  const kept = first.embedding.slice();
  await getEmbedding(sound(80_000, 16_000), 16_000, { model });
  assert.deepEqual(audio, copy);
  assert.deepEqual(first.embedding, kept);
});

test('calls at the same time do not disturb each other', async () => {
  const sounds = [8000, 30_000, 50_000].map((length) => sound(length, 16_000));
  const alone = [];
  for (const audio of sounds) alone.push(await getEmbedding(audio, 16_000, { model }));
  assert.deepEqual(await Promise.all(sounds.map((audio) => getEmbedding(audio, 16_000, { model }))), alone);
});

test('without a model the built-in one is used', async () => {
  const audio = sound(8000, 8000);
  assert.deepEqual(await getEmbedding(audio, 8000), await getEmbedding(audio, 8000, { model }));
});

test('silence and less than a second are warned about, once each', async () => {
  const warningsOf = async (/** @type {Float32Array} */ audio, /** @type {number} */ rate) => {
    /** @type {string[]} */
    const codes = [];
    await getEmbedding(audio, rate, { model, onWarning: ({ code }) => codes.push(code) });
    return codes;
  };
  assert.deepEqual(await warningsOf(sound(8000, 8000), 8000), []);
  assert.deepEqual(await warningsOf(new Float32Array(8000), 8000), ['audio_silent']);
  assert.deepEqual(await warningsOf(sound(7999, 8000), 8000), ['audio_short']);
  assert.deepEqual(await warningsOf(new Float32Array(44_099), 44_100), ['audio_silent', 'audio_short']);
});

test('silence gives numbers', async () => {
  const { embedding } = await getEmbedding(new Float32Array(8000), 8000, { model, onWarning() {} });
  assert.ok(embedding.every(Number.isFinite));
});

test('warnings go to the console unless taken', async (t) => {
  const warn = t.mock.method(console, 'warn', () => {});
  await getEmbedding(new Float32Array(8000), 8000, { model });
  assert.deepEqual(
    warn.mock.calls.map((call) => call.arguments),
    [['edgel3: The audio is silent: all its samples are zero.']],
  );
});

test('bad audio, rates and options are refused by code', async () => {
  const audio = sound(8000, 8000);
  const withNaN = Float32Array.from(audio);
  withNaN[7000] = Number.NaN;
  const withInfinity = Float64Array.from(audio);
  withInfinity[3] = Number.NEGATIVE_INFINITY;
  for (const [code, ...args] of /** @type {[string, any, any, any][]} */ ([
    ['audio_empty', new Float32Array(0), 8000, {}],
    ['audio_empty', [], 8000, {}],
    ['audio_invalid', 'sound.wav', 8000, {}],
    ['audio_invalid', [1, 2, 3], 8000, {}],
    ['audio_invalid', [audio, audio.subarray(1)], 8000, {}],
    ['audio_not_finite', withNaN, 8000, {}],
    ['audio_not_finite', withNaN, 44_100, {}],
    ['audio_not_finite', [audio, withInfinity], 8000, {}],
    ['audio_too_short', sound(5, 48_000), 48_000, {}],
    ['sample_rate_invalid', audio, 0, {}],
    ['sample_rate_invalid', audio, -8000, {}],
    ['sample_rate_invalid', audio, Number.NaN, {}],
    ['sample_rate_invalid', audio, '8000', {}],
    ['sample_rate_invalid', audio, undefined, {}],
    ['sample_rate_invalid', audio, 1e300, {}],
    ['sample_rate_invalid', audio, 1e-300, {}],
    ['hop_invalid', audio, 8000, { hopSize: 0 }],
    ['hop_invalid', audio, 8000, { hopSize: -1 }],
    ['hop_invalid', audio, 8000, { hopSize: Number.NaN }],
    ['hop_invalid', audio, 8000, { hopSize: '0.1' }],
    ['hop_invalid', audio, 8000, { hopSize: 1e-5 }],
    ['hop_invalid', audio, 8000, { hopSize: 1e300 }],
    ['option_invalid', audio, 8000, { center: 1 }],
    ['option_invalid', audio, 8000, { model: {} }],
    ['option_invalid', audio, 8000, { model: loadEmbeddingModel() }],
  ])) {
    const [input, rate, options] = args;
    await assert.rejects(
      getEmbedding(input, rate, { model, onWarning() {}, ...options }),
      { name: 'EdgeL3Error', code, message: /^\S.*\.$/ },
      `${code} ${rate} ${JSON.stringify(options)}`,
    );
  }
});

test('the checks come in upstream order: audio, silence, model, hop, centring', async () => {
  const codes = /** @type {string[]} */ ([]);
  const options = /** @type {any} */ ({
    model: {},
    hopSize: -1,
    center: 'no',
    onWarning: (/** @type {{ code: string }} */ { code }) => codes.push(code),
  });
  await assert.rejects(getEmbedding(new Float32Array(0), 8000, options), { code: 'audio_empty' });
  await assert.rejects(getEmbedding(new Float32Array(9), 8000, options), { message: /^model must/ });
  assert.deepEqual(codes, ['audio_silent']);
  await assert.rejects(getEmbedding(sound(9, 8000), 8000, { ...options, model }), { code: 'hop_invalid' });
  await assert.rejects(getEmbedding(sound(9, 8000), 8000, { ...options, model, hopSize: 1 }), {
    message: /^center must/,
  });
});

test('progress rises to the whole', async () => {
  /** @type {{ stage: string, done: number, total: number | undefined }[]} */
  const steps = [];
  const audio = sound(80_000, 8000);
  await getEmbedding(audio, 8000, { model, hopSize: 0.05, onProgress: (step) => steps.push(step) });
  assert.ok(steps.length > 1);
  steps.forEach(({ stage, done, total }, index) => {
    assert.equal(stage, 'embed');
    assert.equal(total, 80_000);
    assert.ok(done >= (steps[index - 1]?.done ?? 0));
  });
  assert.equal(steps.at(-1)?.done, 80_000);
});

test('an abort ends the call, before it begins and in the middle', async () => {
  const audio = sound(80_000, 8000);
  await assert.rejects(getEmbedding(audio, 8000, { model, signal: AbortSignal.abort() }), {
    code: 'aborted',
  });
  const controller = new AbortController();
  await assert.rejects(
    getEmbedding(audio, 8000, {
      model,
      hopSize: 0.001,
      signal: controller.signal,
      onProgress: () => controller.abort('enough'),
    }),
    { code: 'aborted', cause: 'enough' },
  );
  const { shape } = await getEmbedding(audio, 8000, { model });
  assert.deepEqual(shape, [96, 64], 'the model is still of use');
});

test('the event loop is not held up', async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await getEmbedding(sound(80_000, 8000), 8000, { model, hopSize: 0.05 });
  clearInterval(timer);
  assert.ok(ticks > 1);
});

test('the mel spectrogram of every second, in dB below its loudest element', async () => {
  const audio = sound(24_000, 8000);
  const { melSpectrogram, shape } = await model.melSpectrogram(audio, 8000);
  assert.deepEqual(shape, [3, 64, 50]);
  assert.equal(melSpectrogram.length, 3 * 64 * 50);
  for (let index = 0; index < 3; index++) {
    const second = melSpectrogram.subarray(index * 64 * 50, (index + 1) * 64 * 50);
    assert.equal(Math.max(...second), 0);
    assert.ok(Math.min(...second) >= -80);
  }
  const halves = await model.melSpectrogram(audio, 8000, { hopSize: 0.5 });
  assert.deepEqual(halves.shape, [5, 64, 50]);
  await assert.rejects(model.melSpectrogram(audio, 8000, { hopSize: 0 }), { code: 'hop_invalid' });
});

test('a result gives its rows, one by one and in turn', async () => {
  const result = await getEmbedding(sound(12_000, 8000), 8000, { model, hopSize: 0.25 });
  const [count, dimension] = result.shape;
  const pairs = [...result];
  assert.equal(pairs.length, count);
  for (const [k, { timestamp, embedding }] of pairs.entries()) {
    assert.equal(timestamp, result.timestamps[k]);
    assert.deepEqual(embedding, result.embedding.slice(k * dimension, (k + 1) * dimension));
    assert.deepEqual(result.row(k), embedding);
  }
  for (const k of [-1, count, 0.5, Number.NaN, undefined]) {
    assert.throws(() => result.row(/** @type {any} */ (k)), { code: 'option_invalid' });
  }
  assert.deepEqual(result.model, model.identity);
});

test('pooling makes one row of a sound, and normalize gives every row the length 1', async () => {
  const audio = sound(20_000, 8000);
  const whole = await getEmbedding(audio, 8000, { model });
  for (const pooling of /** @type {const} */ (['mean', 'max', 'meanstd'])) {
    const pooled = await getEmbedding(audio, 8000, { model, pooling });
    assert.deepEqual(pooled.embedding, poolOverTime(whole, pooling));
    assert.deepEqual(pooled.shape, [1, pooling === 'meanstd' ? 128 : 64]);
    assert.deepEqual(pooled.timestamps, Float64Array.of(0));
    const normalized = await getEmbedding(audio, 8000, { model, pooling, normalize: true });
    assert.deepEqual(normalized.embedding, l2Normalize(pooled.embedding));
  }
  const normalized = await getEmbedding(audio, 8000, { model, normalize: true });
  assert.deepEqual(normalized.shape, whole.shape);
  for (const [k, { embedding }] of [...normalized].entries()) {
    assert.deepEqual(embedding, l2Normalize(whole.row(k)));
  }
  for (const options of [{ pooling: 'median' }, { pooling: null }, { normalize: 1 }]) {
    const embedding = getEmbedding(audio, 8000, /** @type {any} */ ({ model, ...options }));
    await assert.rejects(embedding, { code: 'option_invalid' });
  }
});

test('an array of sounds gives an array of results, each as if it were alone', async () => {
  const sounds = Array.from({ length: 11 }, (_, index) => sound(9000 + 1000 * index, 8000));
  const alone = [];
  for (const audio of sounds) alone.push(await getEmbedding(audio, 8000, { model, hopSize: 0.3 }));
  const options = { model, hopSize: 0.3 };
  for (const results of [
    await getEmbedding(
      sounds.map((audio) => [audio]),
      8000,
      options,
    ),
    await getEmbedding(
      sounds,
      sounds.map(() => 8000),
      options,
    ),
    await getEmbedding(
      sounds.map((audio) => ({ channels: [audio], sampleRate: 8000 })),
      undefined,
      options,
    ),
  ]) {
    assert.equal(results.length, sounds.length);
    for (const [index, result] of results.entries()) assert.deepEqual(result, alone[index]);
  }
  const [slow, fast] = await getEmbedding([sounds[0], sounds[0]], [8000, 16_000], options);
  assert.ok(slow.shape[0] > fast.shape[0]);
  assert.deepEqual(await getEmbedding([], [], options), []);
});

test('two typed arrays and one rate are the channels of one sound', async () => {
  const channel = sound(8000, 8000);
  assert.deepEqual(
    await getEmbedding([channel, channel], 8000, { model }),
    await getEmbedding(channel, 8000, { model }),
  );
});

test('of an array of sounds, progress is of all, and the first error ends all and names the sound', async () => {
  const sounds = [1, 2, 3].map((seconds) => [sound(8000 * seconds, 8000)]);
  /** @type {number[]} */
  const done = [];
  await getEmbedding(sounds, 8000, {
    model,
    onProgress: (progress) => {
      assert.equal(progress.total, 48_000);
      done.push(progress.done);
    },
  });
  assert.equal(done.at(-1), 48_000);
  assert.ok(done.every((samples, i) => i === 0 || samples >= done[i - 1]));
  const bad = [...sounds, [Float32Array.of(Number.NaN)]];
  await assert.rejects(getEmbedding(bad, 8000, { model, onWarning() {} }), {
    code: 'audio_not_finite',
    message: /^Sound 3 /,
  });
  await assert.rejects(getEmbedding(sounds, [8000], { model }), { code: 'sample_rate_invalid' });
  const aborted = getEmbedding(sounds, 8000, { model, signal: AbortSignal.abort() });
  await assert.rejects(aborted, { code: 'aborted' });
  const aborter = new AbortController();
  const ended = getEmbedding(sounds, 8000, {
    model,
    signal: aborter.signal,
    onProgress: () => aborter.abort(),
  });
  await assert.rejects(ended, { code: 'aborted', message: /^The caller/ });
});
