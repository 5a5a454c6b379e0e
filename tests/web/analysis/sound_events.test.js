import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SoundClassifier } from 'edgel3/analysis';

const at = (/** @type {number} */ angle) => Float32Array.of(Math.cos(angle), Math.sin(angle));
const ANGLES = { a: 0, b: 1, '-': 2 };

const classifier = new SoundClassifier({ head: 'neighbours' });
await classifier.addExample('a', at(ANGLES.a));
await classifier.addExample('b', at(ANGLES.b));
await classifier.addExample(null, at(ANGLES['-']));

/**
 * @param {string} heard a letter for each window
 * @param {number} hop seconds
 * @param {import('edgel3/analysis').EventOptions} [options]
 */
async function eventsOf(heard, hop, options) {
  const windows = Array.from(heard, (label, k) => ({
    timestamp: k * hop,
    embedding: at(ANGLES[/** @type {'a'} */ (label)]),
  }));
  const events = [];
  const reader = streamOf(windows).pipeThrough(classifier.stream(options)).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return events;
    assert.ok(value.confidence > 0.99);
    events.push(`${value.label} ${value.start.toFixed(2)} ${value.end.toFixed(2)}`);
  }
}

/**
 * @template T
 * @param {T[]} items
 * @returns {ReadableStream<T>}
 */
function streamOf(items) {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item);
      controller.close();
    },
  });
}

test('a sound is one event, from its beginning to its end', async () => {
  assert.deepEqual(await eventsOf('----aaaaaa--------', 0.1), ['a 0.35 0.95']);
  assert.deepEqual(await eventsOf('aaaa------bbbb', 0.1), ['a 0.00 0.35', 'b 0.95 1.35']);
  assert.deepEqual(await eventsOf('--------', 0.1), []);
  assert.deepEqual(await eventsOf('', 0.1), []);
});

test('without flicker: what is short is no event, and a short gap does not end one', async () => {
  assert.deepEqual(await eventsOf('---aa------', 0.1), []);
  assert.deepEqual(await eventsOf('---aa------', 0.1, { hold: 0.2 }), ['a 0.25 0.45']);
  assert.deepEqual(await eventsOf('aaaa--aaaa-----', 0.1), ['a 0.00 0.95']);
  assert.deepEqual(await eventsOf('aaaab-baaaa-----', 0.1), ['a 0.00 1.05']);
  assert.deepEqual(await eventsOf('aaaa--aaaa-----', 0.1, { release: 0.1 }), ['a 0.00 0.35', 'a 0.55 0.95']);
  assert.deepEqual(await eventsOf('aaaabbbbaaaa', 0.1), ['a 0.00 0.35', 'b 0.35 0.75', 'a 0.75 1.15']);
  assert.deepEqual(await eventsOf('ababababab', 0.1), []);
});

test('an event comes as soon as it is over', async () => {
  const { readable, writable } = classifier.stream();
  const writer = writable.getWriter();
  const reader = readable.getReader();
  const first = reader.read();
  for (const [k, label] of [...'aaaa-------'].entries()) {
    writer.write({ timestamp: k * 0.1, embedding: at(ANGLES[/** @type {'a'} */ (label)]) }).catch(() => {});
  }
  const { value } = await first;
  assert.equal(value?.label, 'a');
  await reader.cancel();
});

test('windows that are not centred lie later, and the first and the last reach to the ends of the sound', async () => {
  assert.deepEqual(await eventsOf('aaaa', 0.5, { center: false }), ['a 0.00 2.50']);
  assert.deepEqual(await eventsOf('-aa----', 0.5, { center: false }), ['a 0.75 1.75']);
  assert.deepEqual(await eventsOf('a', 0.5, { center: false }), ['a 0.00 1.00']);
});

test('what makes no sense is refused', async () => {
  for (const options of [{ hold: -1 }, { release: Number.NaN }, { hold: '1' }, { release: null }]) {
    assert.throws(() => classifier.stream(/** @type {any} */ (options)), {
      name: 'EdgeL3Error',
      code: 'option_invalid',
    });
  }
  const windows = streamOf([{ timestamp: 0, embedding: [1, 2, 3] }]);
  await assert.rejects(windows.pipeThrough(classifier.stream()).getReader().read(), {
    code: 'model_mismatch',
  });
});
