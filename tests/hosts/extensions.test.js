// Browser extensions: a content script, which is one file, and a page of the extension's own.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { embedding, page } from '../package/apps.js';
import { createProject } from '../package/project.js';
import { EXECUTABLE, missing } from './browser.js';
import { assertResult } from './host.js';

const MANIFEST = {
  manifest_version: 3,
  name: 'edgel3',
  version: '1',
  content_scripts: [{ matches: ['http://127.0.0.1/*'], js: ['content.js'] }],
  background: { service_worker: 'background.js' },
  content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" },
};

/** A content script shares nothing with its page but the document. */
const CONTENT = `${embedding('edgel3/inline')}
globalThis.result.then((result) => { document.documentElement.dataset.result = JSON.stringify(result); });
`;

test('an extension: a content script of the one-file entry, and a page of its own', {
  skip: missing,
}, async (t) => {
  const folder = createProject('extension', {
    'manifest.json': JSON.stringify(MANIFEST),
    'background.js': '',
    'page.html': page('<script type="module" src="./main.js"></script>'),
    'main.js': embedding('./edgel3/index.js'),
  });
  const { warnings } = await build({
    stdin: { contents: CONTENT, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'iife',
    outfile: join(folder, 'content.js'),
  });
  assert.deepEqual(warnings, []);
  const extension = join(folder, 'extension');
  mkdirSync(extension);
  for (const name of ['manifest.json', 'background.js', 'content.js', 'page.html', 'main.js'])
    cpSync(join(folder, name), join(extension, name));
  cpSync(join(folder, 'node_modules/edgel3/dist'), join(extension, 'edgel3'), { recursive: true });

  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(page(''));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

  const context = await chromium.launchPersistentContext('', {
    executablePath: EXECUTABLE,
    headless: false,
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  t.after(() => context.close());

  await t.test('a content script', async () => {
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${port}/`);
    await tab.waitForFunction(() => document.documentElement.dataset.result !== undefined);
    await assertResult(JSON.parse(String(await tab.evaluate(() => document.documentElement.dataset.result))));
  });

  await t.test('a page of its own', async () => {
    const background = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const tab = await context.newPage();
    let workers = 0;
    tab.on('worker', () => workers++);
    await tab.goto(new URL('page.html', background.url()).href);
    await assertResult(await tab.evaluate(() => Reflect.get(globalThis, 'result')));
    assert.ok(workers > 0, 'works in workers');
  });
});
