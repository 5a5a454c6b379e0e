import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersForHeldOut, interval } from '../../../web/analysis/held_out.js';

/** @param {string} name of the class @param {number} count of its recordings */
const recordings = (name, count) =>
  Array.from({ length: count }, (_, index) => ({
    name: `${name}${index}`,
    windows: [Float32Array.of(index), Float32Array.of(index)],
  }));

test('every recording is held out once, and never one that was learned from', async () => {
  for (const [a, b] of [
    [2, 2],
    [3, 7],
    [25, 12],
  ]) {
    const classes = [recordings('a', a), recordings('b', b)];
    let learned = new Set();
    const answers = await answersForHeldOut(classes, (parts) => {
      learned = new Set(parts.flat());
      for (const part of parts) assert.ok(part.length > 0);
      return (window) => {
        const asked = classes.flat().find(({ windows }) => windows.includes(/** @type {any} */ (window)));
        assert.ok(asked && !learned.has(asked));
        return Float64Array.of(1, 0);
      };
    });
    assert.deepEqual(
      [0, 1].map((label) => answers.filter((answer) => answer.label === label).length),
      [a, b],
    );
  }
});

test('the only recording of a class is learned from, and not judged', async () => {
  const answers = await answersForHeldOut([recordings('a', 1), recordings('b', 3)], ([a]) => {
    assert.equal(a.length, 1);
    return () => Float64Array.of(0.5, 0.5);
  });
  assert.deepEqual(
    answers.map(({ label }) => label),
    [1, 1, 1],
  );
});

test("the interval is Wilson's", () => {
  for (const [right, total, low, high] of [
    [8, 10, 0.49016247153664183, 0.9433178485456247],
    [10, 10, 0.7224672001371107, 1],
    [0, 10, 0, 0.2775327998628893],
  ]) {
    const [least, most] = interval(right, total);
    assert.ok(Math.abs(least - low) < 1e-9 && Math.abs(most - high) < 1e-9);
  }
});
