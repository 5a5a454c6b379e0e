import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yieldToEventLoop } from '../../../web/common/event_loop.js';

/** @param {import('node:test').TestContext} t @param {string} name of what the host has @param {unknown} value in its stead */
function replace(t, name, value) {
  const own = Reflect.get(globalThis, name);
  Reflect.set(globalThis, name, value);
  t.after(() => Reflect.set(globalThis, name, own));
}

/** A setImmediate of a host that has none. */
const refusing = () => {
  throw new Error('not implemented');
};

for (const [host, immediate, hasChannel] of /** @type {const} */ ([
  ['Node', globalThis.setImmediate, true],
  ['a page', undefined, true],
  ['an edge runtime', undefined, false],
  ['an edge runtime whose setImmediate throws', refusing, false],
  ['an edge runtime with channels whose setImmediate throws', refusing, true],
])) {
  test(`in ${host} others get their turn, and then it goes on`, async (t) => {
    let turns = 0;
    const other = new Promise((resolve) => setTimeout(() => resolve(turns++)));
    replace(t, 'setImmediate', immediate);
    if (!hasChannel) replace(t, 'MessageChannel', undefined);
    let goesOn = false;
    const yielding = yieldToEventLoop().then(() => {
      goesOn = true;
    });
    // However many microtasks there are, they are not the event loop.
    for (let microtask = 0; microtask < 100; microtask++) await undefined;
    assert.equal(goesOn, false);
    await yielding;
    await other;
    assert.equal(turns, 1);
  });
}
