import assert from 'node:assert/strict';
import { test } from 'node:test';
import { l2Normalize, meanOverTime, similarity } from 'edgel3';

test('similarity is the cosine', () => {
  const vector = Float32Array.of(3, 4);
  assert.equal(similarity(vector, vector), 1);
  assert.equal(similarity(vector, [-6, -8]), -1);
  assert.equal(similarity([1, 0], Float64Array.of(0, 2)), 0);
  assert.ok(Math.abs(similarity([1, 0], [1, 1]) - Math.SQRT1_2) < 1e-15);
  assert.equal(similarity([0, 0], vector), 0);
  assert.throws(() => similarity([1], [1, 2]), { name: 'EdgeL3Error', code: 'option_invalid' });
});

test('similarity stays within its bounds', () => {
  const vector = Float32Array.from({ length: 512 }, (_, index) => Math.fround(Math.sin(index)));
  assert.ok(similarity(vector, vector) <= 1);
});

test('the mean over time is that of each column', () => {
  const embedding = Float32Array.of(1, 10, 2, 20, 6, 60);
  assert.deepEqual(meanOverTime({ embedding, shape: [3, 2] }), Float32Array.of(3, 30));
  for (const shape of /** @type {[number, number][]} */ ([
    [2, 2],
    [0, 0],
  ])) {
    assert.throws(() => meanOverTime({ embedding, shape }), { code: 'option_invalid' });
  }
});

test('a normalised vector has length 1 and is another array', () => {
  const vector = Float32Array.of(3, 4);
  assert.deepEqual(l2Normalize(vector), Float32Array.of(0.6, 0.8));
  assert.deepEqual(vector, Float32Array.of(3, 4));
  assert.deepEqual(l2Normalize([0, 0]), new Float32Array(2));
});

test('numbers whose squares are too large or too small have a direction all the same', () => {
  for (const scale of [1e300, 1e-300, 5e-324]) {
    const large = Float64Array.of(3 * scale, 4 * scale);
    assert.deepEqual(l2Normalize(large), Float32Array.of(0.6, 0.8));
    assert.ok(Math.abs(similarity(large, [3, 4]) - 1) < 1e-15);
  }
});
