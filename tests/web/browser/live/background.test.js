// The live view in a tab that nobody sees. No driver puts a tab into the background of a browser without a screen; what
// browsers do to such a tab is done by hand: it paints nothing, and its timers fire once a second.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { engines } from '../browsers.js';
import { againAfterCrash } from '../crashes.js';
import { replaceMicrophone, textOf, until } from '../demo_page.js';
import { serve } from '../static_server.js';

const demo = new URL('../../../../build/demo/', import.meta.url);
const contentSecurityPolicy = "default-src * 'unsafe-inline' 'unsafe-eval' blob: data:";

/** Seconds that it shall hear. */
const SECONDS = 5;

for (const [name, engine] of Object.entries(engines)) {
  const goesOn = againAfterCrash(async (t) => {
    const server = await serve(demo, { pathOfPage: '/none', contentSecurityPolicy });
    const browser = await engine.launch();
    t.after(async () => {
      await browser.close();
      server.close();
    });
    const tab = await browser.open(`${server.url}/index.html#/live`);
    await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
    await tab.evaluate(() => {
      const [setTimer, setTicker] = [setTimeout, setInterval];
      const slow = (/** @type {typeof setTimeout | typeof setInterval} */ set) =>
        /** @type {any} */ (
          (/** @type {() => void} */ callback, time = 0) => set(callback, Math.max(time, 1000))
        );
      window.setTimeout = slow(setTimer);
      window.setInterval = slow(setTicker);
      window.requestAnimationFrame = () => 0;
    });
    await replaceMicrophone(tab, 'sample');
    await tab.click('#live-start');
    await until(
      tab,
      (seconds) => Number.parseFloat(document.getElementById('live-heard')?.textContent ?? '') >= seconds,
      SECONDS,
    );
    // Centred, so that the last half second has no window yet, nor what is under way.
    assert.ok(Number(await textOf(tab, '#live-windows')) >= 10 * (SECONDS - 2));
    assert.equal(await textOf(tab, '#message'), '');
    await tab.click('#live-stop');
    await until(tab, () => !document.getElementById('live-start')?.hidden);
  });
  test(
    `${name}: every window is heard in a tab in the background`,
    { skip: engine.missing, timeout: 300_000 },
    goesOn,
  );
}
