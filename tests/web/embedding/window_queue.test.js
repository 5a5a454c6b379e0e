import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WindowQueue } from '../../../web/embedding/window_queue.js';

/** What the queue gives now, cut into windows of 5. @param {WindowQueue} queue @param {number} hop */
function takeAll(queue, hop) {
  const windows = [];
  for (let batch = queue.take(); batch; batch = queue.take()) {
    assert.equal((batch.length - 5) % hop, 0, 'a whole number of hops');
    assert.ok(hop <= 5 || batch.length === 5, 'nothing between windows');
    for (let start = 0; start + 5 <= batch.length; start += hop) {
      windows.push(Array.from(batch.subarray(start, start + 5)));
    }
  }
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
        windows.push(...takeAll(queue, hop));
      }
      assert.deepEqual(windows, expected);
    }
  });
}
