// The demo where the browser keeps nothing for it: it says so, or does without.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { engines } from './browsers.js';
import { againAfterCrash } from './crashes.js';
import { textOf, until } from './demo_page.js';
import { serve } from './static_server.js';

const demo = new URL('../../../build/demo/', import.meta.url);
const ANY = "default-src * 'unsafe-inline' 'unsafe-eval' blob: data:";

for (const [name, engine] of Object.entries(engines)) {
  describe(`the demo in ${name}`, { skip: engine.missing }, () => {
    /** @type {import('./browsers.js').Browser} */
    let browser;
    before(async () => {
      browser = await engine.launch();
    });
    after(() => browser.close());

    /**
     * @param {import('node:test').TestContext} t
     * @param {Omit<Parameters<typeof serve>[1], 'pathOfPage'>} options
     */
    async function open(t, options) {
      const server = await serve(demo, { pathOfPage: '/none', ...options });
      t.after(server.close);
      const tab = await browser.open(`${server.url}/index.html#/live`);
      t.after(tab.close);
      return tab;
    }

    test(
      'without a service worker, and so without a cache, it works',
      againAfterCrash(async (t) => {
        const tab = await open(t, { contentSecurityPolicy: ANY, answerWithPage: /offline/ });
        await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
        assert.equal(await textOf(tab, '#message'), '');
      }),
    );

    // The page's own policy allows scripts from 'self', which in WebKit is nowhere if the page has no origin.
    const skip = name === 'WebKit' && 'no script runs there at all';
    test(
      'in a sandbox, where there is no storage at all and no worker, it says so',
      { skip },
      againAfterCrash(async (t) => {
        const headers = { 'access-control-allow-origin': '*' };
        const tab = await open(t, { contentSecurityPolicy: `sandbox allow-scripts; ${ANY}`, headers });
        await until(tab, () => document.getElementById('message')?.textContent !== '');
        assert.match(await textOf(tab, '#message'), /worker/);
      }),
    );
  });
}
