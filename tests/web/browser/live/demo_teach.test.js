// The view that is taught, in every engine.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SoundClassifier } from 'edgel3';
import { againAfterCrash } from '../crashes.js';
import {
  drop,
  replaceMicrophone,
  savedBytes,
  savedName,
  textOf,
  until,
  useSea128,
  watchDownloads,
} from '../demo_page.js';
import { writeSounds } from '../demo_sounds.js';
import { describeDemo, root } from '../demo_suite.js';

/** @import { Tab } from '../browsers.js' */

const sample = fileURLToPath(new URL('web/demo/sample.wav', root));
const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
const wavs = writeSounds(folder);
after(() => rmSync(folder, { recursive: true }));

/** Recordings in each row. @param {Tab} tab */
const counts = (tab) =>
  tab.evaluate(() =>
    [...document.querySelectorAll('.class')].map(
      (row) => row.querySelectorAll('.recordings li:has(button)').length,
    ),
  );

const best = (/** @type {string} */ name) => document.getElementById('teach-best')?.textContent === name;
const rows = (/** @type {number} */ count) =>
  document.querySelectorAll('#teach-confusion tbody tr').length === count;

describeDemo(({ open, takePicture }) => {
  test(
    'sounds are learned from files and from the microphone, and recognised',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'teach');
      assert.equal(
        await tab.evaluate(() => document.querySelector('#teach-start')?.matches(':disabled')),
        true,
      );
      for (const [index, wav] of wavs.entries()) {
        // Twice, so that one can be held out.
        await tab.setFiles(`.class:nth-child(${index + 1}) input[type=file]`, [wav, wav]);
        await until(
          tab,
          (row) => document.querySelectorAll('.class')[row].querySelectorAll('li:has(button)').length === 2,
          index,
        );
      }
      await tab.click('#teach-add');
      await replaceMicrophone(tab, 'sample');
      await tab.click('.class:nth-child(3) button[title^=Record]');
      await until(tab, rows, 3);
      assert.deepEqual(await counts(tab), [2, 2, 1]);
      assert.match(await tab.evaluate(() => document.activeElement?.textContent ?? ''), /^Record/);
      const right = () =>
        [...document.querySelectorAll('#teach-confusion .right')].map((cell) => cell.textContent);
      assert.deepEqual(await tab.evaluate(right), ['100 %', '100 %', '–']);
      assert.match(
        await textOf(tab, '#teach-accuracy'),
        /^100 % of 4 recordings .* Give sound 3 a second recording/,
      );
      await tab.click('#teach-start');
      await until(tab, best, 'sound 3');
      assert.equal(await tab.evaluate(() => document.activeElement?.id), 'teach-stop');
      await takePicture(tab, 'teach');
      await tab.click('#teach-stop');
      await watchDownloads(tab);
      await tab.click('#teach-save');
      await until(tab, () => Reflect.get(globalThis, 'saved'));
      assert.equal(await savedName(tab), 'my-sounds.json');
      const file = join(folder, 'examples.json');
      const text = (await savedBytes(tab)).toString();
      writeFileSync(file, text);
      // What the page saves is what Node and the command line read, and write again.
      const read = SoundClassifier.fromJSON(text);
      assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(text));
      const before = await tab.evaluate(right);
      await tab.setFiles('#teach-load', [file]);
      await until(tab, () => document.getElementById('teach-message')?.textContent?.includes('was loaded'));
      await until(tab, rows, 3);
      assert.deepEqual(await tab.evaluate(right), before);
      assert.match(await textOf(tab, '#teach-undo'), /^Undo: load examples\.json/);
      // Dropped, too, whichever view is open.
      for (const view of ['teach', 'files']) {
        await tab.click(`#tab-${view}`);
        await drop(tab, { text }, `${view}.json`);
        await until(
          tab,
          (view) =>
            document.getElementById('teach-message')?.textContent?.includes(`${view}.json was loaded`),
          view,
        );
        assert.equal(await tab.evaluate(() => document.getElementById('teach')?.hidden), false);
        await until(tab, rows, 3);
        assert.deepEqual(await tab.evaluate(right), before);
      }
      await tab.setFiles('#teach-load', [sample]);
      await until(tab, () =>
        document.getElementById('teach-message')?.textContent?.includes('This is no classifier'),
      );
    }),
  );

  test(
    'without a microphone: two kinds are taught by a click, and what is neither is nothing it knows',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'map');
      await tab.click('#map-teach');
      await until(tab, () => document.querySelectorAll('#teach-try button').length === 3);
      assert.deepEqual(await counts(tab), [2, 2]);
      for (const [index, name] of ['bird', 'engine', 'nothing I know'].entries()) {
        await tab.click(`#teach-try button:nth-child(${index + 1})`);
        await until(tab, best, name);
      }
      await tab.resize(360, 740);
      await tab.click('#teach-try button');
      await until(tab, best, 'bird');
      const { top, bottom } = await tab.evaluate(() => {
        const { top, bottom } = /** @type {HTMLElement} */ (
          document.getElementById('teach-best')
        ).getBoundingClientRect();
        return { top, bottom };
      });
      assert.ok(top >= 0 && bottom <= 740, `the word is at ${top} to ${bottom} of 740`);
    }),
  );

  test(
    'recordings can be deleted, sounds removed, and both undone; every button has a name of its own',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'teach');
      await tab.click('#teach-example');
      await until(tab, () => document.querySelectorAll('.class').length === 2);
      await until(tab, () => document.querySelectorAll('.recordings li:has(button)').length === 4);
      const names = await tab.evaluate(() =>
        [...document.querySelectorAll('.recordings button')].map((button) => button.ariaLabel),
      );
      assert.equal(new Set(names).size, 8);
      assert.ok(names.includes('Play bird 1') && names.includes('Delete engine 2'));
      await tab.click('[aria-label="Delete bird 1"]');
      await until(tab, () => document.querySelectorAll('.recordings li:has(button)').length === 3);
      assert.equal(await tab.evaluate(() => document.activeElement?.ariaLabel), 'Delete bird 1');
      await tab.click('[aria-label="Remove engine"]');
      await until(tab, () => document.querySelectorAll('.class').length === 1);
      await tab.click('#teach-message button');
      await until(tab, () => document.querySelectorAll('.class').length === 2);
      await tab.click('#teach-undo');
      await until(tab, () => document.querySelectorAll('.recordings li:has(button)').length === 4);
      assert.deepEqual(await counts(tab), [2, 2]);
    }),
  );

  test(
    'what was taught survives a reload, and another network learns it anew',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'teach');
      await tab.click('#teach-example');
      await until(tab, rows, 2);
      // Until it is stored.
      await until(tab, async () => {
        const request = indexedDB.open('edgel3-demo', 1);
        const database = await new Promise((resolve) => {
          request.onsuccess = () => resolve(request.result);
        });
        const get = database.transaction('taught').objectStore('taught').get('classes');
        const classes = await new Promise((resolve) => {
          get.onsuccess = () => resolve(get.result);
        });
        database.close();
        return classes?.length === 2;
      });
      await tab.reload();
      await until(tab, rows, 2);
      assert.deepEqual(await counts(tab), [2, 2]);
      await useSea128(tab);
      await until(
        tab,
        () => document.querySelector('[data-model=embeddingDimension]')?.textContent === '128',
      );
      await until(tab, rows, 2);
      assert.deepEqual(await counts(tab), [2, 2]);
      await watchDownloads(tab);
      await tab.click('#teach-save');
      await until(tab, () => Reflect.get(globalThis, 'saved'));
      assert.equal(JSON.parse((await savedBytes(tab)).toString()).model.name, 'synthetic_sea128');
    }),
  );

  test(
    'silence is never learned, and a dead microphone is told of at once',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'teach');
      await replaceMicrophone(tab, 'silence');
      const isTold = () =>
        document.getElementById('teach-message')?.textContent?.includes('nothing but silence');
      await tab.click('.class button[title^=Record]');
      await until(tab, isTold);
      assert.deepEqual(await counts(tab), [0, 0]);
      await tab.click('#teach-example');
      await until(tab, () => !document.querySelector('#teach-start')?.matches(':disabled'));
      assert.equal(await textOf(tab, '#teach-message'), '');
      await tab.click('#teach-start');
      await until(tab, isTold);
    }),
  );
});
