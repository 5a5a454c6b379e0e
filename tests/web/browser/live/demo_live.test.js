// The view that listens, in every engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { againAfterCrash } from '../crashes.js';
import { coloursOf, replaceMicrophone, textOf, until, useSea128 } from '../demo_page.js';
import { describeDemo } from '../demo_suite.js';

/** Seconds of sound that it shall hear. */
const LIVE_SECONDS = 10;

describeDemo(({ open, takePicture }) => {
  test(
    'live: what the microphone hears is drawn and embedded',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'live');
      await replaceMicrophone(tab, 'sample');
      await tab.click('#live-start');
      await until(
        tab,
        (seconds) => Number.parseFloat(document.getElementById('live-heard')?.textContent ?? '') >= seconds,
        LIVE_SECONDS,
      );
      assert.equal(await textOf(tab, '#live-message'), '');
      assert.match(await textOf(tab, '#live-time'), /^\d+\.\d ms$/);
      assert.match(await textOf(tab, '#live-rate'), /kHz$/);
      for (const id of ['live-sound', 'live-embedding', 'live-novelty'])
        assert.ok((await coloursOf(tab, id)) > 8, id);
      await takePicture(tab, 'live');
      await tab.click('#live-stop');
      await until(tab, () => !document.getElementById('live-start')?.hidden);
      assert.equal(await textOf(tab, '#live-message'), '');
    }),
  );

  test(
    'live: other choices and another network are heard at once',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'live');
      await replaceMicrophone(tab, 'sample');
      await tab.click('#live-start');
      const hears = () => Number.parseFloat(document.getElementById('live-heard')?.textContent ?? '') >= 2;
      await until(tab, hears);
      await tab.evaluate(() => {
        const hop = /** @type {HTMLSelectElement} */ (document.getElementById('settings-hop'));
        hop.value = '0.25';
        hop.dispatchEvent(new Event('change'));
        const heard = /** @type {HTMLElement} */ (document.getElementById('live-heard'));
        heard.textContent = '';
      });
      await until(tab, hears);
      await useSea128(tab);
      await until(
        tab,
        () => document.querySelector('#model [data-model=embeddingDimension]')?.textContent === '128',
      );
      await tab.evaluate(() => {
        const heard = /** @type {HTMLElement} */ (document.getElementById('live-heard'));
        heard.textContent = '';
      });
      await until(tab, hears);
      assert.equal(await textOf(tab, '#live-message'), '');
    }),
  );

  test(
    'live: microphones of any rate are heard',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'live');
      for (const rate of [16_000, 44_100, 48_000, 96_000]) {
        await replaceMicrophone(tab, 'sample', rate);
        await tab.click('#live-start');
        await until(
          tab,
          (rate) =>
            document.getElementById('live-rate')?.textContent === `${rate / 1000} kHz` &&
            Number(document.getElementById('live-windows')?.textContent) > 5,
          rate,
        );
        await tab.click('#live-stop');
        await until(tab, () => !document.getElementById('live-start')?.hidden);
        assert.equal(await textOf(tab, '#live-message'), '');
        await tab.evaluate(() => {
          const windows = /** @type {HTMLElement} */ (document.getElementById('live-windows'));
          windows.textContent = '';
        });
      }
    }),
  );

  test(
    'live: it says what is the matter',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'live');
      for (const [kind, message] of /** @type {const} */ ([
        ['NotAllowedError', /does not let this page listen/],
        ['NotFoundError', /no microphone/],
        ['OverconstrainedError', /no microphone/],
      ])) {
        await replaceMicrophone(tab, kind);
        await tab.click('#live-start');
        await until(tab, () => !document.getElementById('live-message')?.hidden);
        assert.match(await textOf(tab, '#live-message'), message);
      }
      await replaceMicrophone(tab, 'sample');
      await tab.click('#live-start');
      await until(tab, () => document.getElementById('live-rate')?.textContent !== '–');
      await tab.evaluate(() => Reflect.get(globalThis, 'unplug')());
      await until(tab, () => !document.getElementById('live-message')?.hidden);
      assert.match(await textOf(tab, '#live-message'), /has gone/);
    }),
  );
});
