import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { countProcessors } from '../../../web/platform/browser.js';

const own = ['Worker', 'navigator'].map(
  (name) => /** @type {const} */ ([name, Object.getOwnPropertyDescriptor(globalThis, name)]),
);
afterEach(() => {
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
});

for (const [host, values, expected] of /** @type {const} */ ([
  ['a page', { Worker: class {}, navigator: { hardwareConcurrency: 6 } }, 6],
  ['a browser that does not say how many processors there are', { Worker: class {}, navigator: {} }, 1],
  ['a host that has workers and no navigator', { Worker: class {}, navigator: undefined }, 1],
  ['a service worker', { Worker: undefined, navigator: { hardwareConcurrency: 6 } }, 0],
])) {
  test(`${host}: ${expected} at once`, () => {
    for (const [name, value] of Object.entries(values)) {
      Object.defineProperty(globalThis, name, { value, configurable: true });
    }
    assert.equal(countProcessors(), expected);
  });
}
