// The programs of README.md and docs/ that are for pages, run in one.
import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { convertModel, loadEmbeddingModel, readAudioFile, SoundClassifier } from 'edgel3';
import { PAGES, programsIn } from '../package/code_blocks.js';
import { createProject } from '../package/project.js';
import { engines } from '../web/browser/browsers.js';
import { againAfterCrash } from '../web/browser/crashes.js';
import { until } from '../web/browser/demo_page.js';
import { serve } from '../web/browser/static_server.js';
import { int16, wavFile } from '../web/support/wav_file.js';

const root = new URL('../../', import.meta.url);
const inRoot = (/** @type {string} */ path) => fileURLToPath(new URL(path, root));
const { Chromium } = engines;

const programs = PAGES.flatMap((page) => programsIn(page, 'js page'));

/** What the programs ask for, and all that they print, and what fails, where a test can see it. */
const page = (/** @type {string} */ program) => `<!doctype html>
<title>edgel3</title>
<link rel="icon" href="data:,">
<script>
  globalThis.printed = [];
  globalThis.failures = [];
  globalThis.hasSaid = () => printed.length + failures.length > 0;
  console.log = (...values) => printed.push(values.map(String).join(' '));
  console.warn = console.error = (...values) => failures.push(values.map(String).join(' '));
  addEventListener('error', ({ message }) => failures.push(message));
  addEventListener('unhandledrejection', ({ reason }) => failures.push(String(reason.stack)));
</script>
<script type="importmap">{ "imports": {
  "edgel3": "./node_modules/edgel3/dist/index.js",
  "edgel3/analysis": "./node_modules/edgel3/dist/analysis.js",
  "edgel3/microphone": "./node_modules/edgel3/dist/microphone.js"
} }</script>
<input type="file">
<button>Listen</button>
<script type="module">
  await import('./${program}');
  globalThis.isReady = true;
</script>
`;

/**
 * A project with the programs, and with the files that they ask their server for.
 *
 * @returns {Promise<string>} its folder
 */
async function createSite() {
  const files = programs.flatMap(({ file, code }) => [
    [file, code],
    [`${file}.html`, page(file)],
  ]);
  const folder = createProject('docs-in-pages', Object.fromEntries(files));
  copyFileSync(inRoot('tests/web/decoders/field/02-id3v24_footer.mp3'), join(folder, 'sound.mp3'));
  const keras = readFileSync(inRoot('tests/golden/synthetic_sea64.h5.gz'));
  writeFileSync(join(folder, 'weights.safetensors'), await convertModel(keras, { modelType: 'sea' }));
  mkdirSync(join(folder, 'assets'));
  for (const name of ['edgel3.wasm', 'edgel3-model.safetensors']) {
    cpSync(inRoot(`dist/${name}`), join(folder, 'assets', name));
  }
  const model = await loadEmbeddingModel({ workers: 0 });
  const classifier = new SoundClassifier({ model });
  for (const label of ['bird', 'engine']) {
    for (const k of [1, 2, 3]) {
      const path = inRoot(`examples/sounds/taught/${label}/${label}-${k}.wav`);
      await classifier.addExample(label, await readAudioFile(path));
    }
  }
  await classifier.evaluate();
  model.close();
  writeFileSync(join(folder, 'my-sounds.json'), JSON.stringify(classifier));
  return folder;
}

/** What the microphone hears, over and over: a bird, then an engine. @param {string} folder @returns {Promise<string>} */
async function writeHeard(folder) {
  const sounds = await Promise.all(
    ['unknown.wav', 'taught/engine/engine-1.wav'].map((name) =>
      readAudioFile(inRoot(`examples/sounds/${name}`)),
    ),
  );
  const samples = sounds.flatMap(({ channels }) => Array.from(channels[0], (value) => value * 32_767));
  const path = join(folder, 'heard.wav');
  writeFileSync(path, wavFile({ data: int16(samples), sampleRate: sounds[0].sampleRate }));
  return path;
}

describe('in Chromium, the programs for pages', { skip: Chromium?.missing ?? 'it was not chosen' }, () => {
  /** @type {import('../web/browser/browsers.js').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  before(async () => {
    const folder = await createSite();
    browser = await Chromium.launch({ wav: await writeHeard(folder) });
    const contentSecurityPolicy = "default-src 'self' data: blob: 'unsafe-inline' 'wasm-unsafe-eval'";
    server = await serve(pathToFileURL(`${folder}/`), { pathOfPage: '/', contentSecurityPolicy });
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  test('there are some', () => assert.ok(programs.length > 5));

  for (const { page, file, code } of programs) {
    test(
      `${page}: ${file} does what its visitor asks, and prints it`,
      againAfterCrash(async (t) => {
        const tab = await browser.open(`${server.url}/${file}.html`);
        t.after(() => tab.close());
        // One that listens at once never gets to its end.
        await until(tab, () => Reflect.get(globalThis, 'isReady') || Reflect.get(globalThis, 'hasSaid')());
        if (code.includes("'input'")) await tab.setFiles('input', [inRoot('web/demo/sample.wav')]);
        if (code.includes("'button'")) await tab.click('button');
        await until(tab, () => Reflect.get(globalThis, 'hasSaid')());
        assert.deepEqual(await tab.evaluate(() => Reflect.get(globalThis, 'failures')), []);
      }),
    );
  }
});
