// The tests of the library that need nothing of Node, the same files, in pages.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { engines } from './browsers.js';
import { serve } from './static_server.js';

const root = new URL('../../../', import.meta.url);
const page = '/page';
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

const FILES = [
  'analysis/classifier',
  'analysis/frechet_distance',
  'analysis/novelty',
  'analysis/pooling',
  'analysis/principal_components',
  'analysis/self_similarity',
  'analysis/sound_events',
  'analysis/sound_map',
  'analysis/vectors',
  'embedding/embedding',
  'embedding/stream',
  'embedding/window_queue',
  'published/names',
  'weights/float16',
  'whole/library',
];

/** @type {import('esbuild').Plugin} */
const pageModules = {
  name: 'page-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^node:test$/ }, () => ({ path: path('page/node_test.js') }));
    onResolve({ filter: /^node:assert\/strict$/ }, () => ({ path: path('page/node_assert.js') }));
    onResolve({ filter: /^edgel3$/ }, () => ({ path: '/dist/index.js', external: true }));
    onResolve({ filter: /^edgel3\/analysis$/ }, () => ({ path: '/dist/analysis.js', external: true }));
  },
};

before(() =>
  build({
    entryPoints: FILES.map((name) => path(`../${name}.test.js`)),
    outdir: fileURLToPath(new URL('build/page-tests', root)),
    plugins: [pageModules],
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  }),
);

for (const [name, engine] of Object.entries(engines)) {
  describe(`in ${name}`, { skip: engine.missing }, () => {
    /** @type {import('./browsers.js').Browser} */
    let browser;
    /** @type {Awaited<ReturnType<typeof serve>>} */
    let server;
    before(async () => {
      browser = await engine.launch();
      server = await serve(root, { pathOfPage: page });
    });
    after(async () => {
      await browser.close();
      server.close();
    });

    for (const file of FILES) {
      test(file, async (t) => {
        const tab = await browser.open(server.url + page);
        const results = await tab.evaluate(async (file) => {
          await import(`/build/page-tests/${file}.test.js`);
          return Reflect.get(globalThis, 'runTests')();
        }, file);
        await tab.close();
        assert.ok(results.length > 0);
        for (const { name, error } of results) await t.test(name, () => assert.equal(error, null));
      });
    }
  });
}
