// What axe finds in each view of the demo, light and dark, with something in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { goldenModelPath } from '../support/model_files.js';
import { againAfterCrash } from './crashes.js';
import { until } from './demo_page.js';
import { describeDemo, root } from './demo_suite.js';

/** @import { Tab } from './browsers.js' */

const path = (/** @type {string} */ name) => fileURLToPath(new URL(name, root));
const [sample, noSound] = ['web/demo/sample.wav', 'package.json'].map(path);

/**
 * How each view is filled.
 *
 * @type {Record<string, (tab: Tab) => Promise<unknown>>}
 */
const VIEWS = {
  async map(tab) {
    await until(tab, () => !document.querySelector('.map.listening'));
    await tab.evaluate(() => /** @type {HTMLElement} */ (document.querySelector('.dot')).click());
  },
  async teach(tab) {
    await tab.click('#teach-example');
    await until(tab, () => document.querySelector('#teach-confusion table'));
    await tab.click('#teach-try button');
    await until(tab, () => document.getElementById('teach-best')?.textContent === 'bird');
  },
  async live(tab) {
    await tab.click('#live-sample');
    await until(tab, () => Number(document.getElementById('live-windows')?.textContent) > 0);
  },
  async files(tab) {
    await tab.setFiles('#files-input', [noSound, sample]);
    await until(tab, () => document.querySelector('#files-list button'));
  },
  async model(tab) {
    await tab.setFiles('#model-input', [goldenModelPath('openl3')]);
    await until(tab, () => document.getElementById('model-question')?.hidden === false);
  },
};

describeDemo(({ name, engine, url }) => {
  // Elsewhere there is nothing else to be found, and WebKit's driver runs no such text.
  const skip = name !== 'Chromium' && 'it is done in Chromium';
  for (const dark of [false, true]) {
    test(
      `axe finds nothing, ${dark ? 'dark' : 'light'}`,
      { skip },
      againAfterCrash(async (t) => {
        const browser = await engine.launch({ dark });
        t.after(() => browser.close());
        for (const [view, fill] of Object.entries(VIEWS)) {
          const tab = await browser.open(`${url()}/index.html#/${view}`);
          await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
          await fill(tab);
          await tab.evaluate(/** @type {any} */ (axe.source));
          for (const width of [390, 1280]) {
            await tab.resize(width, 900);
            const found = await tab.evaluate(async () => {
              for (const details of document.querySelectorAll('details')) details.open = true;
              const { violations } = await Reflect.get(globalThis, 'axe').run(document);
              return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html}`);
            });
            assert.deepEqual(found, [], `${view}, ${width} pixels wide`);
          }
          await tab.close();
        }
      }),
    );
  }
});
