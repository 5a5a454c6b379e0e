// The demo page as it is hosted, in every engine. Its pictures go to build/screenshots/.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { goldenModelPath } from '../../support/model_files.js';
import { randomNumbers } from '../../support/random_numbers.js';
import { int16, wavFile } from '../../support/wav_file.js';
import { engines } from '../browsers.js';
import { againAfterCrash } from '../crashes.js';
import {
  coloursOf,
  drop,
  replaceMicrophone,
  savedBytes,
  textOf,
  until,
  watchDownloads,
} from '../demo_page.js';
import { serve } from '../static_server.js';

const root = new URL('../../../../', import.meta.url);
const screenshots = fileURLToPath(new URL('build/screenshots/', root));
const sample = fileURLToPath(new URL('web/demo/sample.wav', root));

/** Above it there is only the page's own policy, in its head. */
const ANY = "default-src * 'unsafe-inline' 'unsafe-eval' blob: data:";

/** Seconds of sound that the live view shall hear. */
const LIVE_SECONDS = 10;

/** Milliseconds: a page that waits for what never comes shall not hold up everything else. */
const TIMEOUT = 600_000;

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
const random = randomNumbers(8);
const sounds = {
  whistle: (/** @type {number} */ time) => Math.sin(2 * Math.PI * (1500 + 200 * time) * time),
  noise: () => 2 * random() - 1,
};
const wavs = Object.entries(sounds).map(([name, soundAt]) => {
  const path = join(folder, `${name}.wav`);
  const samples = Array.from({ length: 4 * 16_000 }, (_, index) =>
    Math.round(12_000 * soundAt(index / 16_000)),
  );
  writeFileSync(path, wavFile({ data: int16(samples), sampleRate: 16_000 }));
  return path;
});
const [aiff, flac, opus] = ['field/13-ffmpeg_pipe.aiff', 'sounds/stereo.flac', 'sounds/opus8k.opus'].map(
  (name) => fileURLToPath(new URL(`../../decoders/${name}`, import.meta.url)),
);
const damaged = join(folder, 'damaged.flac');
writeFileSync(damaged, readFileSync(flac).subarray(0, 5000));
const chained = join(folder, 'chained.opus');
writeFileSync(chained, Buffer.concat([readFileSync(opus), readFileSync(opus)]));
mkdirSync(screenshots, { recursive: true });
after(() => rmSync(folder, { recursive: true }));

/** @import { Tab } from '../browsers.js' */

for (const [name, engine] of Object.entries(engines)) {
  describe(`the demo in ${name}`, { skip: engine.missing, timeout: TIMEOUT }, () => {
    /** @type {import('../browsers.js').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    before(async () => {
      browser = await engine.launch();
      server = await serve(new URL('build/demo/', root), { pathOfPage: '/none', contentSecurityPolicy: ANY });
    });
    after(async () => {
      await browser.close();
      server.close();
    });

    /** @param {import('node:test').TestContext} t @param {string} panel */
    async function open(t, panel) {
      const tab = await browser.open(`${server.url}/index.html#/${panel}`);
      t.after(() => tab.close());
      await tab.resize(1080, 1200);
      await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
      return tab;
    }

    /** @param {Tab} tab @param {string} view */
    async function takePicture(tab, view) {
      await tab.evaluate(() => scrollTo(0, 0));
      await tab.screenshot(join(screenshots, `${view}-${name}.png`));
    }

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
        assert.equal(await textOf(tab, '#message'), '');
        assert.match(await textOf(tab, '#live-time'), /^\d+\.\d ms$/);
        assert.match(await textOf(tab, '#live-rate'), /kHz$/);
        for (const id of ['live-sound', 'live-embedding', 'live-novelty'])
          assert.ok((await coloursOf(tab, id)) > 8, id);
        await takePicture(tab, 'live');
        await tab.click('#live-stop');
        await until(tab, () => !document.getElementById('live-start')?.hidden);
        assert.equal(await textOf(tab, '#message'), '');
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
        await tab.setFiles('#model-input', [goldenModelPath('sea128')]);
        await until(
          tab,
          () => document.querySelector('#model [data-model=embeddingDimension]')?.textContent === '128',
        );
        await tab.evaluate(() => {
          const heard = /** @type {HTMLElement} */ (document.getElementById('live-heard'));
          heard.textContent = '';
        });
        await until(tab, hears);
        assert.equal(await textOf(tab, '#message'), '');
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
          assert.equal(await textOf(tab, '#message'), '');
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
          await until(tab, () => !document.getElementById('message')?.hidden);
          assert.match(await textOf(tab, '#message'), message);
        }
        await replaceMicrophone(tab, 'sample');
        await tab.click('#live-start');
        await until(tab, () => document.getElementById('live-rate')?.textContent !== '–');
        await tab.evaluate(() => Reflect.get(globalThis, 'unplug')());
        await until(tab, () => !document.getElementById('message')?.hidden);
        assert.match(await textOf(tab, '#message'), /has gone/);
      }),
    );

    test(
      'files: a damaged one is refused, and what the library does not read the browser decodes, visibly',
      againAfterCrash(async (t) => {
        const tab = await open(t, 'files');
        await tab.setFiles('#files-input', [damaged]);
        await until(tab, () => !document.getElementById('message')?.hidden);
        assert.match(await textOf(tab, '#message'), /damaged\.flac: .*is damaged/);
        await tab.setFiles('#files-input', [chained]);
        await until(tab, () => document.querySelectorAll('#files-list button').length === 1);
        assert.match(
          await textOf(tab, '#message'),
          /chained\.opus was decoded by this browser, not by edgel3/,
        );
        await tab.setFiles('#files-input', [aiff]);
        await until(tab, () => document.querySelectorAll('#files-list button').length === 2);
        assert.equal(await textOf(tab, '#message'), '');
      }),
    );

    test(
      'files: chosen and dropped ones are compared, and can be heard',
      againAfterCrash(async (t) => {
        const tab = await open(t, 'files');
        await tab.setFiles('#files-input', [sample, ...wavs]);
        const count = () => document.querySelectorAll('#files-list button').length;
        await until(tab, () => document.querySelectorAll('#files-list button').length === 3);
        await drop(tab, 'sample.wav', 'dropped.wav');
        await until(tab, () => document.querySelectorAll('#files-list button').length === 4);
        await drop(tab, 'style.css', 'broken.wav');
        await until(tab, () => !document.getElementById('message')?.hidden);
        assert.match(await textOf(tab, '#message'), /broken\.wav: .*not a sound file/);
        assert.equal(await tab.evaluate(count), 4);
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
        await tab.evaluate(() => {
          const message = /** @type {HTMLElement} */ (document.getElementById('message'));
          message.hidden = true;
        });
        await takePicture(tab, 'files');
        await watchDownloads(tab);
        for (const [format, start] of Object.entries({
          npz: 'PK',
          csv: 'timestamp,0,1,',
          json: '{"embedding":[',
        })) {
          await tab.click(`#files-${format}`);
          assert.ok((await savedBytes(tab)).toString('latin1').startsWith(start));
        }
      }),
    );

    test(
      'teach: sounds are learned from files and from the microphone, and recognised',
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
            (row) => document.querySelectorAll('.class output')[row].textContent === '8 s learned',
            index,
          );
        }
        await replaceMicrophone(tab, 'sample');
        await tab.click('.class:nth-child(3) button');
        await until(tab, () => document.querySelectorAll('#teach-confusion tbody tr').length === 3);
        const right = () =>
          [...document.querySelectorAll('#teach-confusion .right')].map((cell) => cell.textContent);
        assert.deepEqual(
          await tab.evaluate(() => document.querySelectorAll('#teach-confusion .right').length),
          3,
        );
        assert.deepEqual(await tab.evaluate(right), ['100 %', '100 %', '–']);
        assert.match(
          await textOf(tab, '#teach-accuracy'),
          /^100 % of 4 recordings .* Give silence a second recording/,
        );
        await tab.click('#teach-start');
        await until(tab, () => document.getElementById('teach-best')?.textContent === 'silence');
        await takePicture(tab, 'teach');
        await watchDownloads(tab);
        await tab.click('#teach-save');
        const file = join(folder, 'examples.json');
        writeFileSync(file, await savedBytes(tab));
        const before = await tab.evaluate(right);
        await tab.reload();
        await tab.setFiles('#teach-load', [file]);
        await until(tab, () => document.querySelectorAll('#teach-confusion tbody tr').length === 3);
        assert.deepEqual(await tab.evaluate(right), before);
        await tab.setFiles('#teach-load', [sample]);
        await until(tab, () =>
          document.getElementById('message')?.textContent?.includes('This is no classifier'),
        );
      }),
    );

    test(
      'model: files are taken, what is none is refused, and the built-in one comes back',
      againAfterCrash(async (t) => {
        const tab = await open(t, 'model');
        const facts = () =>
          [...document.querySelectorAll('#model dd')].slice(0, 3).map((fact) => fact.textContent);
        await tab.setFiles('#model-input', [goldenModelPath('sea128')]);
        await until(tab, () => document.querySelector('#model dd')?.textContent === 'synthetic_sea128');
        assert.deepEqual(await tab.evaluate(facts), ['synthetic_sea128', 'sea', '128']);
        await takePicture(tab, 'model');
        await tab.click('#tab-live');
        await drop(tab, 'edgel3-model.safetensors', 'dropped.safetensors');
        await until(tab, () => document.querySelector('#model dd')?.textContent === 'sea64-sparse76');
        assert.equal(await tab.evaluate(() => document.getElementById('model')?.hidden), false);
        await tab.setFiles('#model-input', [goldenModelPath('sea128')]);
        await until(tab, () => document.querySelector('#model dd')?.textContent === 'synthetic_sea128');
        await tab.setFiles('#model-input', [sample]);
        await until(tab, () => document.getElementById('message')?.textContent?.includes('no model file'));
        assert.deepEqual(await tab.evaluate(facts), ['synthetic_sea128', 'sea', '128']);
        await tab.click('#model-built-in');
        await until(tab, () => document.querySelector('#model dd')?.textContent === 'sea64-sparse76');
      }),
    );

    test(
      'the keyboard reaches every view, and a phone shows them without scrolling sideways',
      againAfterCrash(async (t) => {
        const tab = await open(t, 'live');
        await tab.resize(390, 844);
        for (const panel of ['files', 'teach', 'model', 'live']) {
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
          assert.ok(state.excess <= 0, `${panel} is ${state.excess} pixels too wide`);
        }
        await takePicture(tab, 'phone');
      }),
    );

    test(
      'in the dark',
      { skip: !engine.canBeDark && 'it cannot be chosen' },
      againAfterCrash(async (t) => {
        const night = await engine.launch({ dark: true });
        const tab = await night.open(`${server.url}/index.html#/files`);
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
        const brief = await serve(new URL('build/demo/', root), {
          pathOfPage: '/none',
          contentSecurityPolicy: ANY,
        });
        const tab = await browser.open(`${brief.url}/index.html`);
        t.after(() => tab.close());
        await tab.evaluate(async () => Boolean(await navigator.serviceWorker.ready));
        brief.close();
        await tab.reload();
        await until(tab, () => document.querySelector('[data-model=name]')?.textContent !== '–');
        await tab.click('#live-sample');
        await until(tab, () => Number(document.getElementById('live-windows')?.textContent) > 5);
        assert.equal(await textOf(tab, '#message'), '');
      }),
    );

    test('nothing was asked of the server that is not there', () => {
      const unknown = server.requests.filter(
        (path) => !/^\/(index\.html|[\w-]+\.(js|css|svg|wav|wasm|safetensors))$/.test(path),
      );
      assert.deepEqual(unknown, []);
    });
  });
}
