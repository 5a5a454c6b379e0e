// What all tests of the demo page begin with: the page as it is hosted, in every engine.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { engines } from './browsers.js';
import { until } from './demo_page.js';
import { serve } from './static_server.js';

/** @import { Browser, Engine, Tab } from './browsers.js' */

export const root = new URL('../../../', import.meta.url);

/** Where the pictures go. */
const screenshots = fileURLToPath(new URL('build/screenshots/', root));

/** Above it there is only the page's own policy, in its head. */
const ANY = "default-src * 'unsafe-inline' 'unsafe-eval' blob: data:";

/** Milliseconds: a page that waits for what never comes shall not hold up everything else. */
const TIMEOUT = 1_200_000;

/** @returns serves the page */
export const serveDemo = () =>
  serve(new URL('build/demo/', root), { pathOfPage: '/none', contentSecurityPolicy: ANY });

/**
 * @typedef {object} Demo
 * @property {string} name of the engine
 * @property {Engine} engine
 * @property {() => string} url of the page's folder
 * @property {(t: import('node:test').TestContext, panel: string) => Promise<Tab>} open a view, once the network is loaded
 * @property {(tab: Tab, view: string) => Promise<void>} takePicture
 */

/** @param {(demo: Demo) => void} define the tests, for each engine */
export function describeDemo(define) {
  for (const [name, engine] of Object.entries(engines)) {
    describe(`the demo in ${name}`, { skip: engine.missing, timeout: TIMEOUT }, () => {
      /** @type {Browser} */
      let browser;
      /** @type {Awaited<ReturnType<typeof serveDemo>>} */
      let server;
      before(async () => {
        mkdirSync(screenshots, { recursive: true });
        browser = await engine.launch();
        server = await serveDemo();
      });
      after(async () => {
        await browser.close();
        server.close();
      });
      define({
        name,
        engine,
        url: () => server.url,
        async open(t, panel) {
          const tab = await browser.open(`${server.url}/index.html#/${panel}`);
          t.after(() => tab.close());
          await tab.resize(1080, 1200);
          await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
          return tab;
        },
        async takePicture(tab, view) {
          await tab.evaluate(() => scrollTo(0, 0));
          await tab.screenshot(join(screenshots, `${view}-${name}.png`));
        },
      });
      test('nothing was asked of the server that is not there', () => {
        const unknown = server.requests.filter(
          (path) => !/^\/(index\.html|(decoders\/)?[\w-]+\.(js|css|svg|wav|wasm|safetensors))$/.test(path),
        );
        assert.deepEqual(unknown, []);
      });
    });
  }
}
