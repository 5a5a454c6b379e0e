// The page as a whole: its views, its model, its looks, and that it works without a network.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { convertModel } from 'edgel3';
import { goldenModelPath } from '../../support/model_files.js';
import { againAfterCrash } from '../crashes.js';
import { coloursOf, drop, textOf, until, useSea128 } from '../demo_page.js';
import { writeSound } from '../demo_sounds.js';
import { describeDemo, root, serveDemo } from '../demo_suite.js';

const sample = fileURLToPath(new URL('web/demo/sample.wav', root));

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));
const brief = writeSound(join(folder, 'brief.wav'), 400, (n) => Math.sin(n / 3));

const VIEWS = ['map', 'teach', 'live', 'files', 'model'];

describeDemo(({ name, engine, open, takePicture, url }) => {
  test(
    'model: files are taken, what is none is refused, the built-in one comes back, and all can be undone',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'model');
      const facts = () =>
        [...document.querySelectorAll('#model dd')].slice(0, 3).map((fact) => fact.textContent);
      /** @param {string} name */
      const isAtWork = (name) =>
        until(tab, (name) => document.querySelector('#model dd')?.textContent === name, name);
      await tab.click('#model-built-in');
      assert.match(await textOf(tab, '#model-message'), /at work already/);
      await useSea128(tab);
      assert.deepEqual(await tab.evaluate(facts), ['synthetic_sea128', '4 kHz', '128']);
      await takePicture(tab, 'model');
      await tab.click('#tab-live');
      await drop(tab, 'edgel3-model.safetensors', 'dropped.safetensors');
      await isAtWork('sea64-sparse69');
      assert.equal(await tab.evaluate(() => document.getElementById('model')?.hidden), false);
      await until(tab, () => document.querySelector('#model-message button'));
      await tab.click('#model-message button');
      await isAtWork('synthetic_sea128');
      await tab.setFiles('#model-input', [sample]);
      await until(tab, () =>
        document.getElementById('model-message')?.textContent?.includes('no model file'),
      );
      assert.deepEqual(await tab.evaluate(facts), ['synthetic_sea128', '4 kHz', '128']);
      await tab.click('#model-built-in');
      await isAtWork('sea64-sparse69');
    }),
  );

  test(
    'model: of a file of OpenL3 it is asked what it is; a converted one tells by itself',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'model');
      const facts = () =>
        [...document.querySelectorAll('#model dd')].slice(0, 4).map((fact) => fact.textContent);
      const isAtWork = (/** @type {string} */ name) =>
        document.querySelector('#model dd')?.textContent === name;
      await tab.setFiles('#model-input', [goldenModelPath('openl3')]);
      await until(tab, () => document.getElementById('model-question')?.hidden === false);
      assert.match(
        await textOf(tab, '#model-message'),
        /^Nothing in this Keras file .* no spectrogram layer\. \(model_unsupported\)$/,
      );
      assert.equal(await tab.evaluate(() => document.activeElement?.id), 'model-kind');
      await tab.click('#model-choose');
      await until(tab, isAtWork, 'synthetic_openl3');
      assert.deepEqual(await tab.evaluate(facts), ['synthetic_openl3', '24 kHz', '6144', 'openl3']);

      await tab.click('#model-built-in');
      await until(tab, isAtWork, 'sea64-sparse69');
      const keras = readFileSync(goldenModelPath('openl3'));
      const converted = await convertModel(keras, { modelType: 'openl3', inputRepr: 'mel256', embDim: 512 });
      const file = join(folder, 'own.safetensors');
      writeFileSync(file, converted);
      await tab.setFiles('#model-input', [file]);
      await until(tab, () => document.querySelectorAll('#model dd')[2]?.textContent === '512');
      // It is at work: a sound is embedded by it.
      await tab.click('#tab-files');
      await tab.setFiles('#files-input', [brief]);
      await until(tab, () => document.querySelectorAll('#files-list button').length === 1);
      assert.equal(await tab.evaluate(() => document.getElementById('files-failed')?.hidden), true);
    }),
  );

  test(
    'the keyboard reaches every view, and a phone shows them without scrolling sideways',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      for (const width of [320, 390]) {
        await tab.resize(width, 844);
        for (const panel of [...VIEWS.slice(1), VIEWS[0]]) {
          const state = await tab.evaluate(() => {
            const chosen = /** @type {HTMLElement} */ (document.querySelector('[aria-selected=true]'));
            chosen.focus();
            chosen.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
            const panels = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[role=tabpanel]')]);
            return {
              shown: panels.filter(({ hidden }) => !hidden).map(({ id }) => id),
              focused: document.activeElement?.getAttribute('aria-controls'),
              excess: document.documentElement.scrollWidth - innerWidth,
            };
          });
          assert.deepEqual([state.shown, state.focused], [[panel], panel]);
          assert.ok(state.excess <= 0, `${panel} is ${state.excess} of ${width} pixels too wide`);
        }
      }
      await takePicture(tab, 'phone');
    }),
  );

  test(
    'links to views work in the open page',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      for (const panel of VIEWS) {
        await tab.evaluate((panel) => {
          location.hash = `#/${panel}`;
        }, panel);
        await until(tab, (panel) => document.getElementById(panel)?.hidden === false, panel);
      }
    }),
  );

  test(
    'in the dark',
    { skip: !engine.canBeDark && 'it cannot be chosen' },
    againAfterCrash(async (t) => {
      const night = await engine.launch({ dark: true });
      const tab = await night.open(`${url()}/index.html#/files`);
      t.after(() => night.close());
      await tab.resize(1080, 1200);
      await tab.click('#files-sample');
      await until(tab, () => document.querySelector('#files-list button'));
      const brightness = () => getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number);
      assert.ok(((await tab.evaluate(brightness)) ?? []).every((part) => part < 64));
      assert.ok((await coloursOf(tab, 'files-sound')) > 8);
      await takePicture(tab, 'dark');
    }),
  );

  test(
    'without a network, from the second visit on',
    againAfterCrash(async (t) => {
      const brief = await serveDemo();
      const browser = await engine.launch();
      t.after(() => browser.close());
      const tab = await browser.open(`${brief.url}/index.html#/live`);
      await tab.evaluate(async () => Boolean(await navigator.serviceWorker.ready));
      brief.close();
      await tab.reload();
      await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
      await tab.click('#live-sample');
      await until(tab, () => Number(document.getElementById('live-windows')?.textContent) > 5);
      assert.equal(await textOf(tab, '#live-message'), '', name);
    }),
  );
});
