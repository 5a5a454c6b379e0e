// The view of files, in every engine.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { againAfterCrash } from './crashes.js';
import { coloursOf, drop, savedBytes, savedName, textOf, until, watchDownloads } from './demo_page.js';
import { writeSound, writeSounds } from './demo_sounds.js';
import { describeDemo, root } from './demo_suite.js';

const sample = fileURLToPath(new URL('web/demo/sample.wav', root));
const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const wavs = writeSounds(folder);
const [aiff, flac, opus] = ['field/13-ffmpeg_pipe.aiff', 'sounds/stereo.flac', 'sounds/opus8k.opus'].map(
  (name) => fileURLToPath(new URL(`../decoders/${name}`, import.meta.url)),
);
const damaged = join(folder, 'damaged.flac');
writeFileSync(damaged, readFileSync(flac).subarray(0, 5000));
const text = join(folder, 'text.wav');
writeFileSync(text, 'no sound');
const chained = join(folder, 'chained.opus');
writeFileSync(chained, Buffer.concat([readFileSync(opus), readFileSync(opus)]));
const brief = writeSound(join(folder, 'brief.wav'), Math.round(0.027 * 16_000), (n) => Math.sin(n / 3));

const count = (/** @type {number} */ count) =>
  document.querySelectorAll('#files-list button').length === count;
const isDone = () => document.getElementById('files-working')?.hidden;

describeDemo(({ open, takePicture }) => {
  test(
    'what cannot be read is listed, with its code and what to do; what the browser decodes is told',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'files');
      await tab.setFiles('#files-input', [damaged, sample, text]);
      await until(tab, isDone);
      await until(tab, count, 1);
      const failures = await tab.evaluate(() =>
        [...document.querySelectorAll('#files-failures li')].map((item) => item.textContent),
      );
      assert.equal(failures.length, 2);
      assert.match(String(failures[0]), /^damaged\.flac: .*is damaged.*\(file_damaged\)/s);
      assert.match(String(failures[1]), /^text\.wav: .*convert it first.*\(file_unsupported\)/s);
      await tab.click('#files-forget');
      assert.equal(await tab.evaluate(() => document.getElementById('files-failed')?.hidden), true);
      await tab.setFiles('#files-input', [chained]);
      await until(tab, count, 2);
      assert.match(
        await textOf(tab, '#files-message'),
        /chained\.opus was decoded by this browser, not by edgel3/,
      );
      await tab.setFiles('#files-input', [aiff]);
      await until(tab, count, 3);
      assert.equal(await textOf(tab, '#files-message'), '');
    }),
  );

  test(
    'chosen and dropped ones are compared, and can be heard and saved',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'files');
      await tab.setFiles('#files-input', [sample, ...wavs]);
      await until(tab, count, 3);
      await drop(tab, 'sample.wav', 'sample.drop.wav');
      await until(tab, count, 4);
      for (const id of ['files-sound', 'files-embedding', 'files-similarity', 'files-map']) {
        assert.ok((await coloursOf(tab, id)) > 8, id);
      }
      await tab.click('#files-similarity');
      const time = () =>
        Number(/** @type {HTMLInputElement} */ (document.getElementById('files-time')).value);
      await until(tab, time);
      await tab.click('#files-list button');
      await until(
        tab,
        () => document.querySelector('#files-list [aria-pressed=true]')?.textContent === 'sample.wav',
      );
      assert.equal(await tab.evaluate(() => document.activeElement?.textContent), 'sample.wav');
      await takePicture(tab, 'files');
      await watchDownloads(tab);
      for (const [format, start] of Object.entries({
        npz: 'PK',
        csv: 'timestamp,0,1,',
        json: '{"embedding":[',
      })) {
        await tab.evaluate(() => void Object.assign(globalThis, { saved: undefined }));
        await tab.click(`#files-${format}`);
        await until(tab, () => Reflect.get(globalThis, 'saved'));
        assert.ok((await savedBytes(tab)).toString('latin1').startsWith(start));
        assert.equal(await savedName(tab), `sample.${format}`);
      }
    }),
  );

  test(
    'files that come while others are worked on are not lost',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'files');
      await tab.setFiles(
        '#files-input',
        Array.from({ length: 24 }, () => sample),
      );
      await until(tab, () => document.getElementById('files-percent')?.textContent?.includes(' of 24: '));
      await tab.setFiles('#files-input', [aiff]);
      await until(tab, () => document.getElementById('files-percent')?.textContent?.includes(' of 25: '));
      await until(tab, count, 25);
      await until(tab, isDone);
    }),
  );

  test(
    'a sound of a few milliseconds is shown',
    againAfterCrash(async (t) => {
      const tab = await open(t, 'files');
      await tab.setFiles('#files-input', [brief]);
      await until(tab, count, 1);
      assert.equal(await tab.evaluate(() => document.getElementById('files-failed')?.hidden), true);
      assert.equal(await textOf(tab, '#files-position'), '0.0 of 0.0 s');
    }),
  );
});
