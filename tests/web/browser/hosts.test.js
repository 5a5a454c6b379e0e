// What is beside the library in a page, or between it and the server, does not change what it computes.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as library from 'edgel3';
import { exercise } from '../support/exercise.js';
import { againAfterCrash } from './crashes.js';
import { inEachEngine, repository } from './in_each_engine.js';

/** The build that every engine runs, and that gives the same bits in each. */
const WASM = '/dist/edgel3.wasm';

/** What a sandboxed frame has: a page of no origin at all. Only what allows every origin can be loaded there. */
const SANDBOX = {
  contentSecurityPolicy: 'sandbox allow-scripts',
  headers: { 'access-control-allow-origin': '*' },
};

inEachEngine(({ openPage }) => {
  /** @type {string} */
  let expected;
  before(async () => {
    expected = await exercise(library, { wasm: new URL(`.${WASM}`, repository) });
  });

  /**
   * @param {import('./browsers.js').Tab} tab
   * @param {library.ModelOptions} [options]
   * @param {string} [entry]
   * @returns {Promise<string>} the hash of the numbers, or the error
   */
  const exerciseIn = (tab, options = {}, entry = 'index.js') =>
    tab.evaluate(
      async ({ options, entry }) => {
        const library = await import(`/dist/${entry}`);
        const { exercise } = await import(/** @type {string} */ ('/tests/web/support/exercise.js'));
        return exercise(library, options).catch(
          (/** @type {any} */ { code, message }) => `${code}: ${message}`,
        );
      },
      { options, entry },
    );

  test(
    'the bytes are those of Node, without shared memory',
    againAfterCrash(async (t) => {
      const { tab } = await openPage(t);
      assert.equal(await tab.evaluate(() => typeof SharedArrayBuffer), 'undefined');
      assert.equal(await exerciseIn(tab, { wasm: WASM }), expected);
      assert.equal(await exerciseIn(tab, { wasm: WASM, workers: 0 }), expected);
    }),
  );

  for (const host of ['polluted', 'frozen']) {
    test(
      `a ${host} page`,
      againAfterCrash(async (t) => {
        const { tab } = await openPage(t);
        await tab.evaluate((host) => import(`/tests/web/support/hosts/${host}.js`).then(() => {}), host);
        assert.equal(await exerciseIn(tab, { wasm: WASM }), expected);
      }),
    );
  }

  test(
    'a page without an origin',
    againAfterCrash(async (t) => {
      const { tab } = await openPage(t, SANDBOX);
      assert.equal(await tab.evaluate(() => globalThis.origin), 'null');
      assert.equal(
        await exerciseIn(tab, { wasm: WASM, workers: 2 }),
        expected,
        'workers that import the script',
      );
      assert.equal(await exerciseIn(tab, { wasm: WASM, workers: 0 }), expected);
      assert.equal(await exerciseIn(tab, {}, 'inline.js'), expected);
    }),
  );

  for (const way of ['network', 'cache', 'part']) {
    test(
      `a service worker answers: ${way}`,
      againAfterCrash(async (t) => {
        const { tab } = await openPage(t, { headers: { 'service-worker-allowed': '/' } });
        await tab.evaluate(async (way) => {
          const controlled = new Promise((resolve) => {
            navigator.serviceWorker.oncontrollerchange = resolve;
          });
          const url = `/tests/web/browser/page/service_worker.js?${way}`;
          await navigator.serviceWorker.register(url, { scope: '/' });
          await controlled;
        }, way);
        for (let round = 0; round < 2; round++) {
          const outcome = await exerciseIn(tab, { wasm: WASM });
          if (way === 'part') assert.match(outcome, /^file_unreadable: .* answered 206/);
          else assert.equal(outcome, expected);
        }
      }),
    );
  }
});
