import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import * as vite from 'vite';
import { serve } from '../web/browser/static_server.js';
import { APPS, embedding, embeddingInPlace, page, sources } from './apps.js';
import { bundlers } from './bundlers.js';
import { createProject, projects, runIn } from './project.js';

const EXECUTABLE = '/usr/bin/chromium';
const INSTALLED = { library: 'edgel3', inline: 'edgel3/inline', microphone: 'edgel3/microphone' };

/** Samples in each piece of sound from a microphone. */
const PIECE_LENGTH = 1024;

describe('in Chromium', { skip: !existsSync(EXECUTABLE) && `there is no ${EXECUTABLE}` }, () => {
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Awaited<ReturnType<typeof serve>>} a plain server of all projects, with a strict Content-Security-Policy */
  let server;
  /** @type {{ embedding: number[], shape: number[] }} */
  let expected;

  before(async () => {
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
    ];
    browser = await chromium.launch({ executablePath: EXECUTABLE, args });
    server = await serve(pathToFileURL(`${projects}/`), { pathOfPage: '/' });
    const folder = createProject('expected', {
      'main.js': `${embedding('edgel3')} console.log(JSON.stringify(await globalThis.result));`,
    });
    expected = JSON.parse((await runIn(folder, process.execPath, ['main.js'])).output);
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  /**
   * Opens the page of an app, and demands that it computes what Node does.
   *
   * @param {string} url
   * @returns {Promise<URL[]>} what the page and its workers requested
   */
  async function assertWorks(url) {
    const context = await browser.newContext();
    /** @type {URL[]} */
    const requests = [];
    context.on('request', (request) => requests.push(new URL(request.url())));
    try {
      const tab = await context.newPage();
      await tab.goto(url);
      const result = await tab.evaluate(() => Reflect.get(globalThis, 'result'));
      if (url.endsWith('/microphone.html')) assert.equal(result, PIECE_LENGTH);
      else assertClose(result);
    } finally {
      await context.close();
    }
    return requests;
  }

  /** @param {{ embedding: number[], shape: number[] }} actual */
  function assertClose({ embedding, shape }) {
    assert.deepEqual(shape, expected.shape);
    const tolerance = 1e-4 * Math.max(...expected.embedding);
    const isFar = (/** @type {number} */ value, /** @type {number} */ index) =>
      !(Math.abs(embedding[index] - value) <= tolerance);
    const far = expected.embedding.findIndex(isFar);
    assert.equal(far, -1, `${embedding[far]} instead of ${expected.embedding[far]}`);
  }

  /**
   * Opens all apps of a project; none may fetch more than it needs, or anything from elsewhere.
   *
   * @param {import('node:test').TestContext} t
   * @param {string} base URL of the folder of the pages
   */
  async function assertAppsWork(t, base) {
    for (const app of APPS) {
      await t.test(app, async () => {
        const requests = await assertWorks(`${base}/${app}.html`);
        assert.deepEqual(new Set(requests.map(({ origin }) => origin)), new Set([new URL(base).origin]));

        const assets = requests.map(({ pathname }) => pathname.match(/\.(wasm|safetensors)$/)?.[1]);
        const expected = ['page', 'worker'].includes(app) ? ['safetensors', 'wasm'] : [];
        assert.deepEqual(assets.filter(Boolean).sort(), expected);
      });
    }
  }

  for (const [name, bundle] of Object.entries(bundlers)) {
    test(name, async (t) => {
      await bundle(createProject(name, sources(INSTALLED)));
      await assertAppsWork(t, `${server.url}/${name}/out`);
    });
  }

  test('vite-dev', async (t) => {
    const root = createProject('vite-dev', sources(INSTALLED));
    const dev = await vite.createServer({ root, configFile: false, logLevel: 'error', server: { port: 0 } });
    t.after(() => dev.close());
    await dev.listen();
    await assertAppsWork(t, String(dev.resolvedUrls?.local[0]).replace(/\/$/, ''));
  });

  describe('no bundler: scripts as modules from a plain server, in a nested folder', () => {
    const dist = '../../node_modules/edgel3/dist';
    const files = sources({
      library: `${dist}/index.js`,
      inline: `${dist}/inline.js`,
      microphone: `${dist}/microphone.js`,
    });
    const nested = Object.entries(files).map(([path, content]) => [`some/nested/${path}`, content]);
    createProject('plain', Object.fromEntries(nested));

    const library = [
      'edgel3-core.js',
      'edgel3-model.safetensors',
      'edgel3-relaxed.wasm',
      'edgel3-worker.js',
      'index.js',
      'shared.js',
    ];
    const needs = {
      page: library,
      inline: ['edgel3-core.js', 'inline.js', 'shared.js'],
      worker: library,
      microphone: ['edgel3-microphone-worklet.js', 'microphone.js'],
    };
    for (const [app, files] of Object.entries(needs)) {
      test(`${app} loads ${files.join(', ')}`, async () => {
        const before = server.requests.length;
        await assertWorks(`${server.url}/plain/some/nested/${app}.html`);
        // Playwright does not see the request for a worklet.
        const fromPackage = server.requests.slice(before).filter((path) => path.includes('/node_modules/'));
        assert.deepEqual(namesOf(fromPackage), files);
      });
    }
  });

  describe('a page opened as a file, its script bundled with the one-file entry', () => {
    const folder = createProject('file', {
      'in-place.js': embeddingInPlace('edgel3/inline'),
      'in-workers.js': embedding('edgel3/inline'),
      'in-place.html': page('<script src="./out/in-place.js"></script>'),
      'in-workers.html': page('<script src="./out/in-workers.js"></script>'),
    });
    before(async () => {
      const { warnings } = await esbuild.build({
        entryPoints: [join(folder, 'in-place.js'), join(folder, 'in-workers.js')],
        outdir: join(folder, 'out'),
        bundle: true,
        format: 'iife',
      });
      assert.deepEqual(warnings, []);
    });

    test('in place', async () => {
      const requests = await assertWorks(pathToFileURL(join(folder, 'in-place.html')).href);
      assert.deepEqual(namesOf(requests.map(({ pathname }) => pathname)), ['in-place.html', 'in-place.js']);
    });

    test('in workers from a Blob, unless told otherwise', async () => {
      const requests = await assertWorks(pathToFileURL(join(folder, 'in-workers.html')).href);
      assert.deepEqual(new Set(requests.map(({ protocol }) => protocol)), new Set(['file:', 'blob:']));
    });
  });
});

/** @param {string[]} paths */
function namesOf(paths) {
  return [...new Set(paths.map((path) => path.split('/').at(-1)))].sort();
}
