// Whatever is given to a function of this package, an error is an EdgeL3Error: it says what was wrong, not what broke inside.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as edgel3 from 'edgel3/node';

// What takes no argument cannot be given a wrong one.
const { EdgeL3Error, hasFfmpeg: _, ...rest } = edgel3;

/** Of any kind, right for some function and wrong for most; small, so that what is right takes no time. */
const VALUES = [
  undefined,
  null,
  5,
  5n,
  Number.NaN,
  'x',
  {},
  [],
  [null],
  new Float32Array(3),
  () => {},
  Symbol('any'),
  new Date(0),
];

/** @type {unknown[]} */
const unhandled = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
after(() => assert.deepEqual(unhandled, []));

const functions = Object.entries(rest).filter(
  ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name),
);

for (const [name, call] of functions) {
  test(`${name}: wrong arguments`, async () => {
    for (const first of VALUES) {
      for (const second of [undefined, null, 5, 'x', {}]) {
        try {
          const result = await /** @type {Function} */ (call)(first, second);
          result?.close?.();
        } catch (error) {
          assert.ok(error instanceof EdgeL3Error, /** @type {Error} */ (error).stack);
        }
      }
    }
  });
}
