// The map of sounds, with which the page begins, in every engine.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { againAfterCrash } from '../crashes.js';
import { drop, replaceMicrophone, textOf, until, useSea128 } from '../demo_page.js';
import { describeDemo } from '../demo_suite.js';

/** @import { Tab } from '../browsers.js' */

const isReady = () => !document.querySelector('.map.listening');

/** Where all dots are. @param {Tab} tab */
const places = (tab) =>
  tab.evaluate(() =>
    [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.dot'))].map(
      ({ style }) => `${style.left} ${style.top}`,
    ),
  );

describeDemo(({ open, takePicture }) => {
  test(
    'it moves, and shows what is alike, before anybody does anything',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      await until(tab, isReady);
      const now = await places(tab);
      assert.equal(new Set(now).size, 24);
      assert.equal(await tab.evaluate(() => document.querySelectorAll('#map-legend li').length), 9);
      // The tour.
      await until(tab, () => document.querySelector('.dot.chosen') && document.querySelector('.map line'));
      assert.match(await textOf(tab, '#map-caption'), /most like it are/);
      const shown = await textOf(tab, '#map-caption');
      await until(tab, (shown) => document.getElementById('map-caption')?.textContent !== shown, shown);
      await takePicture(tab, 'map');
    }),
  );

  test(
    'it is made once it is seen: other views do not wait for it',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'files');
      await tab.click('#files-sample');
      await until(tab, () => document.querySelector('#files-list button'));
      assert.equal(await tab.evaluate(() => document.querySelectorAll('.dot.known').length), 0);
      await tab.click('#tab-map');
      await until(tab, isReady);
      assert.equal(new Set(await places(tab)).size, 24);
    }),
  );

  test(
    'every sound is most like one of its kind; two are compared; arrow keys go about',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      await until(tab, isReady);
      const nearest = await tab.evaluate(() =>
        [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.dot'))].map((dot) => {
          dot.click();
          const neighbour = /** @type {HTMLElement} */ (document.querySelector('.neighbour'));
          return [dot.ariaLabel, dot.dataset.kind, neighbour.dataset.kind];
        }),
      );
      assert.equal(nearest.length, 24);
      for (const [name, kind, other] of nearest) assert.equal(other, kind, String(name));
      // What still flies cannot be hit.
      await until(tab, async () => {
        const places = () =>
          [...document.querySelectorAll('.dot')].map((dot) => dot.getBoundingClientRect().x);
        const before = places();
        await new Promise((resolve) => setTimeout(resolve, 200));
        return JSON.stringify(places()) === JSON.stringify(before);
      });
      await tab.click('.dot[data-kind=bell]');
      await tab.click('.dot[data-kind=rain]');
      assert.equal(await textOf(tab, '#map-name'), 'rain 1');
      assert.match(await textOf(tab, '#map-compared'), /^0\.\d\d like bell 1: \d+ of the other 22/);
      const walk = await tab.evaluate(() => {
        const focused = () => document.activeElement?.ariaLabel;
        const before = focused();
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }),
        );
        return { before, after: focused(), stops: document.querySelectorAll('.dot[tabindex="0"]').length };
      });
      assert.equal(walk.before, 'rain 1');
      assert.notEqual(walk.after, walk.before);
      assert.equal(walk.stops, 1);
    }),
  );

  test(
    'a file that is dropped flies to its place, and can be removed and come back',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      await until(tab, isReady);
      await drop(tab, 'sample.wav', 'dropped.wav');
      await until(tab, () => document.getElementById('map-name')?.textContent === 'dropped.wav');
      assert.match(await textOf(tab, '#map-compared'), /^It sounds like |^It is of none of these kinds/);
      assert.equal(await tab.evaluate(() => document.querySelectorAll('.neighbour').length), 5);
      const yours = (/** @type {string} */ name) =>
        /** @type {HTMLElement | null} */ (document.querySelector(`.dot[aria-label="${name}"]`))?.style.top;
      assert.notEqual(await tab.evaluate(yours, 'dropped.wav'), '100%');
      await takePicture(tab, 'map-yours');
      await tab.click('#map-chosen-actions button:nth-child(2)');
      assert.equal((await places(tab)).length, 24);
      await tab.click('#map-message button');
      assert.equal((await places(tab)).length, 25);
      await drop(tab, 'style.css', 'broken.wav');
      await until(tab, () => !document.getElementById('map-message')?.hidden);
      assert.match(await textOf(tab, '#map-message'), /^broken\.wav: .*\(file_unsupported\)/);
    }),
  );

  test(
    'a recording flies there too; a microphone that gives nothing is told of at once',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      await until(tab, isReady);
      await replaceMicrophone(tab, 'sample');
      await tab.click('#map-record');
      await until(tab, () => document.querySelector('#map-record + meter'));
      await until(tab, () => /: \d\.\d s/.test(document.getElementById('map-record')?.textContent ?? ''));
      await until(tab, () => document.getElementById('map-name')?.textContent === 'recording 1');
      assert.equal(await textOf(tab, '#map-record'), 'Record 3 s');
      assert.equal(await tab.evaluate(() => document.activeElement?.id), 'map-record');
      await replaceMicrophone(tab, 'silence');
      await tab.click('#map-record');
      await until(tab, () => !document.getElementById('map-message')?.hidden);
      assert.match(await textOf(tab, '#map-message'), /nothing but silence/);
      assert.equal((await places(tab)).length, 25);
    }),
  );

  test(
    'another network draws another map of the same sounds',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      await until(tab, isReady);
      await drop(tab, 'sample.wav', 'dropped.wav');
      await until(tab, () => document.getElementById('map-name')?.textContent === 'dropped.wav');
      const before = await places(tab);
      await useSea128(tab);
      await until(
        tab,
        () =>
          !document.querySelector('.map.listening') &&
          document.querySelector('[data-model=embeddingDimension]')?.textContent === '128',
      );
      const after = await places(tab);
      assert.equal(after.length, 25);
      assert.notDeepEqual(after, before);
    }),
  );
});
