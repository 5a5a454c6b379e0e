import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WindowQueue } from '../../web/windows.js';

/** @param {WindowQueue} queue */
function takeAll(queue) {
  const windows = [];
  for (let window = queue.take(); window; window = queue.take()) windows.push(Array.from(window));
  return windows;
}

const signal = Float32Array.from({ length: 20 }, (_, index) => index);

for (const hop of [1, 3, 5, 7, 11]) {
  test(`windows of 5 at a hop of ${hop} are the same however the signal is cut`, () => {
    const expected = [];
    for (let start = 0; start + 5 <= signal.length; start += hop) {
      expected.push(Array.from(signal.subarray(start, start + 5)));
    }
    for (const size of [1, 2, 4, 6, 20]) {
      const queue = new WindowQueue(5, hop);
      const windows = [];
      for (let start = 0; start < signal.length; start += size) {
        queue.push(signal.subarray(start, start + size));
        windows.push(...takeAll(queue));
      }
      assert.deepEqual(windows, expected);
    }
  });
}
