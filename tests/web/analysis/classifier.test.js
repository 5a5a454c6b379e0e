import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { SoundClassifier } from 'edgel3/analysis';
import { randomNumbers } from '../support/random_numbers.js';

const model = await loadEmbeddingModel({ workers: 0 });
after(() => model.close());

const RATE = 8000;

/** @param {number} pitch Hz @param {number} [seconds] */
const tone = (pitch, seconds = 2) =>
  Float32Array.from({ length: seconds * RATE }, (_, n) => 0.5 * Math.sin((2 * Math.PI * pitch * n) / RATE));

/** @param {number} seed @param {number} [seconds] */
function noise(seed, seconds = 2) {
  const random = randomNumbers(seed);
  return Float32Array.from({ length: seconds * RATE }, () => random() - 0.5);
}

const at = (/** @type {number} */ angle) => Float32Array.of(Math.cos(angle), Math.sin(angle));

/** @param {import('edgel3/analysis').ClassifierOptions} [options] @param {number} [count] of recordings */
async function tones(options, count = 3) {
  const classifier = new SoundClassifier({ model, hopSize: 0.5, ...options });
  for (let index = 0; index < count; index++) {
    await classifier.addExample('tone', tone(400 + 40 * index), RATE);
    await classifier.addExample('noise', noise(index + 1), RATE);
  }
  return classifier;
}

/** @param {import('edgel3/analysis').ClassifierOptions} options */
async function angles(options) {
  const classifier = new SoundClassifier(options);
  for (const angle of [0, 0.1, 0.2]) await classifier.addExample('a', at(angle));
  for (const angle of [1, 1.1, 1.2]) await classifier.addExample('b', [at(angle), at(angle + 0.01)]);
  return classifier;
}

for (const head of /** @type {const} */ (['neighbours', 'linear', 'auto'])) {
  test(`${head}: sounds are recognised, with confidences whose sum is 1, the best first`, async () => {
    const classifier = await tones({ head });
    for (const [label, sound] of /** @type {const} */ ([
      ['tone', tone(450)],
      ['noise', noise(77)],
    ])) {
      const answers = await classifier.classify(sound, RATE);
      assert.deepEqual(answers.map(({ label }) => label).sort(), ['noise', 'tone']);
      assert.equal(answers[0].label, label);
      assert.ok(answers[0].confidence > 0.7, `${label}: ${answers[0].confidence}`);
      assert.ok(answers[0].confidence >= answers[1].confidence);
      assert.ok(Math.abs(answers[0].confidence + answers[1].confidence - 1) < 1e-12);
    }
    const {
      head: used,
      labels,
      confusion,
      recordings,
      accuracy,
      interval,
      unjudged,
    } = await classifier.evaluate();
    assert.ok(head === 'auto' ? ['neighbours', 'linear'].includes(used) : used === head);
    assert.deepEqual([labels, recordings, accuracy, unjudged], [['tone', 'noise'], 6, 1, []]);
    assert.deepEqual(confusion, [
      [3, 0],
      [0, 3],
    ]);
    assert.ok(interval && interval[0] > 0.5 && interval[1] === 1);
  });

  test(`${head}: what was saved, as an object or as text, answers the same to the last bit`, async () => {
    const classifier = await tones({ head, threshold: 0.2 }, 2);
    const fresh = JSON.stringify(classifier);
    const answers = await classifier.classify(tone(700), RATE);
    for (const json of [fresh, JSON.stringify(classifier), JSON.parse(JSON.stringify(classifier))]) {
      const loaded = SoundClassifier.fromJSON(json, { model });
      assert.deepEqual(await loaded.classify(tone(700), RATE), answers);
      assert.deepEqual(JSON.stringify(loaded), JSON.stringify(classifier));
      assert.deepEqual(await loaded.evaluate(), await classifier.evaluate());
    }
  });
}

test('one example of each is enough', async () => {
  const classifier = await tones({}, 1);
  assert.equal(await classifier.train(), 'neighbours');
  assert.equal((await classifier.classify(tone(410), RATE))[0].label, 'tone');
  const { recordings, accuracy, interval, unjudged, confusion } = await classifier.evaluate();
  assert.deepEqual([recordings, accuracy, interval, unjudged], [0, null, null, ['tone', 'noise']]);
  assert.deepEqual(confusion, [
    [0, 0],
    [0, 0],
  ]);
});

test('a recording is judged by others only', async () => {
  const classifier = new SoundClassifier({ head: 'neighbours' });
  // Each of 'a' is like itself and, but for that, most like 'b'.
  for (const angle of [0, 2]) await classifier.addExample('a', [at(angle), at(angle), at(angle)]);
  for (const angle of [0.1, 1.9]) await classifier.addExample('b', [at(angle)]);
  const { accuracy, confusion } = await classifier.evaluate();
  assert.deepEqual([accuracy, confusion[0]], [0.5, [0, 2]]);
});

test('audio, results of getEmbedding, single embeddings and lists of them are the same to it', async () => {
  const classifier = await tones({});
  const sound = tone(430);
  const result = await getEmbedding(sound, RATE, { model, hopSize: 0.5, center: false });
  const answers = await classifier.classify(sound, RATE);
  assert.deepEqual(await classifier.classify(result), answers);
  assert.deepEqual(await classifier.classify(Array.from(result, ({ embedding }) => embedding)), answers);
  assert.deepEqual(await classifier.classify({ channels: [sound], sampleRate: RATE }), answers);
  assert.deepEqual(
    await classifier.classify(result.row(0)),
    await classifier.classify({ ...result, embedding: result.row(0), shape: [1, 64] }),
  );
});

test('the background is an answer, and so is nothing where no label is sure enough', async () => {
  const classifier = await angles({ head: 'neighbours', threshold: 0.9 });
  assert.equal((await classifier.classify(at(0.1)))[0].label, 'a');
  const answers = await classifier.classify(at(0.6));
  assert.equal(answers[0].label, null);
  assert.ok(answers.every(({ confidence }, i) => i === 0 || confidence <= answers[i - 1].confidence));
  assert.ok(Math.abs(answers.reduce((sum, { confidence }) => sum + confidence, 0) - 1) < 1e-12);
  assert.deepEqual((await classifier.evaluate()).labels, ['a', 'b', null]);
  await classifier.addExample(null, at(0.6));
  assert.deepEqual(classifier.labels, ['a', 'b', null]);
  const [best] = await classifier.classify(at(0.6));
  assert.ok(best.label === null && best.confidence > 0.99);
});

test('examples can be added after an answer, and taken to another classifier', async () => {
  const classifier = await angles({});
  await classifier.classify(at(2));
  await classifier.addExample('c', at(2));
  assert.equal((await classifier.classify(at(2.01)))[0].label, 'c');
  const other = new SoundClassifier();
  for (const label of classifier.labels) {
    for (const example of classifier.examplesOf(label)) await other.addExample(label, example);
  }
  assert.deepEqual(await other.classify(at(1.5)), await classifier.classify(at(1.5)));
  assert.deepEqual(classifier.examplesOf('nobody'), []);
});

test('labels are any text', async () => {
  const classifier = new SoundClassifier();
  for (const label of ['__proto__', 'constructor', 'ein Geräusch', ' ']) {
    await classifier.addExample(label, at(classifier.labels.length));
  }
  assert.equal((await classifier.classify(at(0)))[0].label, '__proto__');
  const loaded = SoundClassifier.fromJSON(JSON.stringify(classifier));
  assert.deepEqual(loaded.labels, ['__proto__', 'constructor', 'ein Geräusch', ' ']);
});

test('without examples, and with one label only, it says what is missing', async () => {
  const classifier = new SoundClassifier({ model });
  const missing = { name: 'EdgeL3Error', code: 'examples_missing' };
  for (let round = 0; round < 2; round++) {
    await assert.rejects(classifier.classify(tone(440), RATE), missing);
    await assert.rejects(classifier.evaluate(), missing);
    await assert.rejects(classifier.train(), missing);
    await classifier.addExample('tone', tone(440), RATE);
  }
  assert.deepEqual(SoundClassifier.fromJSON(JSON.stringify(classifier), { model }).labels, ['tone']);
});

test('what is no embedding, no label and no option is refused, and changes nothing', async () => {
  const classifier = await angles({});
  await classifier.train();
  const before = JSON.stringify(classifier);
  for (const vector of [[1, Number.NaN], [Number.POSITIVE_INFINITY, 0], [[1, Number.NaN]]]) {
    await assert.rejects(classifier.addExample('a', /** @type {any} */ (vector)), {
      code: 'embedding_invalid',
    });
    await assert.rejects(classifier.classify(/** @type {any} */ (vector)), { code: 'embedding_invalid' });
  }
  await assert.rejects(classifier.addExample('a', [1, 2, 3]), { code: 'model_mismatch' });
  await assert.rejects(classifier.classify([1, 2, 3]), { code: 'model_mismatch' });
  await assert.rejects(classifier.addExample('a', tone(440), RATE), {
    code: 'option_invalid',
    message: /model/,
  });
  for (const label of [undefined, '', 3, {}]) {
    await assert.rejects(classifier.addExample(/** @type {any} */ (label), at(1)), {
      code: 'option_invalid',
    });
  }
  assert.equal(JSON.stringify(classifier), before);
  for (const options of [
    { head: 'mlp' },
    { head: 'toString' },
    { threshold: 1 },
    { threshold: -1 },
    { threshold: Number.NaN },
    { model: {} },
    { model: null },
  ]) {
    assert.throws(() => new SoundClassifier(/** @type {any} */ (options)), { code: 'option_invalid' });
  }
  assert.throws(() => new SoundClassifier({ hopSize: 0 }), { code: 'hop_invalid' });
});

test('audio that is none fails as in getEmbedding', async () => {
  const classifier = await tones({});
  const classify = (/** @type {any[]} */ ...args) => classifier.classify(.../** @type {[any, any]} */ (args));
  await assert.rejects(classify(new Float32Array(0), RATE), { code: 'audio_empty' });
  await assert.rejects(classify(Float32Array.of(Number.NaN, 1), RATE), { code: 'audio_not_finite' });
  await assert.rejects(classify('sound', RATE), { code: 'audio_invalid' });
  await assert.rejects(classify(new Int16Array(8000)), { code: 'sample_rate_invalid' });
  await assert.rejects(classify(tone(440), -1), { code: 'sample_rate_invalid' });
  // Samples without a rate look like an embedding of another network.
  await assert.rejects(classify(tone(440)), { code: 'model_mismatch', message: /sampleRate/ });
});

test('embeddings of another network are refused, by its dimension or by its file', async () => {
  const classifier = await tones({});
  const json = JSON.parse(JSON.stringify(classifier));
  assert.deepEqual(json.model, model.identity);
  assert.match(json.model.sha256, /^[0-9a-f]{64}$/);
  const other = { ...json, model: { name: 'other', sha256: 'f'.repeat(64) } };
  const mismatch = { code: 'model_mismatch', message: /'other'/ };
  assert.throws(() => SoundClassifier.fromJSON(other, { model }), mismatch);
  const withoutModel = SoundClassifier.fromJSON(other);
  const result = await getEmbedding(tone(440), RATE, { model });
  await assert.rejects(withoutModel.classify(result), mismatch);
  await assert.rejects(withoutModel.addExample('tone', result), mismatch);
  const unknown = { ...JSON.parse(JSON.stringify(await angles({}))) };
  assert.throws(() => SoundClassifier.fromJSON(unknown, { model }), { code: 'model_mismatch' });
});

test('what is no classifier, of another version, or damaged', async () => {
  const classifier = await angles({ head: 'linear' });
  await classifier.train();
  const json = JSON.parse(JSON.stringify(classifier));
  for (const strange of ['', '{}', 'null', '[1]', '<!doctype html>', null, undefined, 3, {}]) {
    assert.throws(() => SoundClassifier.fromJSON(strange), { code: 'file_unsupported' });
  }
  assert.throws(() => SoundClassifier.fromJSON({ ...json, version: 2 }), {
    code: 'file_unsupported',
    message: /version 2/,
  });
  const [example] = json.examples;
  for (const damage of [
    { embeddingDimension: 3 },
    { embeddingDimension: -1 },
    { embeddingDimension: null },
    { model: 'sea64' },
    { options: undefined },
    { options: { ...json.options, head: 'constructor' } },
    { options: { ...json.options, threshold: '0' } },
    { examples: undefined },
    { examples: [null] },
    { examples: [{ ...example, label: 3 }] },
    { examples: [{ ...example, windows: 2 }] },
    { examples: [{ ...example, windows: 1e9 }] },
    { examples: [{ ...example, embedding: '****' }] },
    { examples: [{ ...example, embedding: undefined }] },
    { examples: [{ ...example, embedding: 'AADAfwAAwH8=' }] },
    { examples: json.examples.filter((/** @type {any} */ { label }) => label === 'a') },
    { trained: { head: 'linear', parameters: 'AAAA' } },
    { trained: { head: 'mlp' } },
    { trained: 3 },
  ]) {
    assert.throws(
      () => SoundClassifier.fromJSON({ ...json, ...damage }),
      { name: 'EdgeL3Error', code: 'file_damaged' },
      JSON.stringify(damage),
    );
  }
});
