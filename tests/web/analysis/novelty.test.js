import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Novelty, noveltyOf } from 'edgel3/analysis';

const [a, b] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];

test('what stays the same is not new, what changes is, until it is known', () => {
  const novelty = new Novelty(0.1);
  for (let count = 0; count < 30; count++) assert.equal(novelty.next(a), 0);
  const values = Array.from({ length: 100 }, () => novelty.next(b));
  assert.equal(values[0], 1);
  for (const [index, value] of values.entries()) assert.ok(index === 0 || value < values[index - 1]);
  assert.ok(values[99] < 0.01);
});

test('how long embeddings are makes no difference', () => {
  const sequence = [a, b, a, a, b, b];
  const lengths = [1, 1000, 0.001, 30, 2, 0.5];
  const scaled = sequence.map((row, index) => row.map((value) => value * lengths[index]));
  for (const [index, value] of noveltyOf(scaled).entries()) {
    assert.ok(Math.abs(value - noveltyOf(sequence)[index]) < 1e-7);
  }
});

test('the memory is one of seconds, not of windows', () => {
  const valueAfter = (/** @type {number} */ hopSize) => {
    const novelty = new Novelty(hopSize);
    novelty.next(a);
    let value = 0;
    for (let time = 0; time < 1.999; time += hopSize) value = novelty.next(b);
    return value;
  };
  assert.ok(Math.abs(valueAfter(0.1) - valueAfter(0.05)) < 0.05);
});

test('the novelty of a sound is that of its windows as they come', () => {
  const rows = [a, a, b, b, a];
  const novelty = new Novelty(0.5);
  const expected = Float64Array.from(rows, (row) => novelty.next(row));
  assert.deepEqual(noveltyOf(rows, { hopSize: 0.5 }), expected);
  const result = {
    embedding: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1, 1, 0),
    shape: /** @type {[number, number]} */ ([5, 2]),
    timestamps: Float64Array.of(0, 0.5, 1, 1.5, 2),
  };
  assert.deepEqual(noveltyOf(result), expected);
  assert.deepEqual(noveltyOf([a]), Float64Array.of(0));
  assert.throws(() => noveltyOf([]), { name: 'EdgeL3Error', code: 'embedding_invalid' });
  assert.throws(() => noveltyOf([a, b], { hopSize: 0 }), { code: 'option_invalid' });
  assert.throws(() => noveltyOf([a, b], { memory: Number.NaN }), { code: 'option_invalid' });
});
