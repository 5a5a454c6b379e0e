import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWorker } from '../../../web/platform/page.js';

test('a host without an address of its own can have workers', (t) => {
  assert.equal(Reflect.get(globalThis, 'location'), undefined);
  const own = globalThis.Worker;
  t.after(() => Reflect.set(globalThis, 'Worker', own));
  /** @type {string[]} */
  const started = [];
  class FakeWorker {
    /** @param {string} url */
    constructor(url) {
      started.push(String(url));
    }
    terminate() {}
  }
  Reflect.set(globalThis, 'Worker', FakeWorker);
  startWorker({ onMessage() {}, onFailure: assert.fail }).terminate();
  assert.match(started.join(), /^blob:/);
});
