// The tests of the library that need nothing of Node, the same files, in pages.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { againAfterCrash } from '../crashes.js';
import { inEachEngine, repository } from '../in_each_engine.js';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));

/** What the modules of pageModules stand for. */
const IN_PAGES = ['node:test', 'node:assert/strict', 'edgel3', 'edgel3/analysis'];

/** The tests of which neither they nor what they import needs Node: those that run in pages as they are. */
const FILES = /** @type {string[]} */ (readdirSync(path('../..'), { recursive: true }))
  .filter((name) => name.endsWith('.test.js') && runsInPages(path(`../../${name}`)))
  .map((name) => name.replace(/\.test\.js$/, ''))
  .sort();

/** @param {string} file @returns {boolean} */
function runsInPages(file) {
  const text = readFileSync(file, 'utf8');
  if (/\bprocess\.|\bBuffer\b|import\.meta|\bdescribe\(/.test(text)) return false;
  const imports = Array.from(text.matchAll(/^(?:import|export) [^;]*?from '([^']+)'/gm), ([, name]) => name);
  return imports.every((name) => {
    if (!name.startsWith('.')) return IN_PAGES.includes(name);
    return name.endsWith('.json') || runsInPages(join(dirname(file), name));
  });
}

/** @type {import('esbuild').Plugin} */
const pageModules = {
  name: 'page-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^node:test$/ }, () => ({ path: path('../page/node_test.js') }));
    onResolve({ filter: /^node:assert\/strict$/ }, () => ({ path: path('../page/node_assert.js') }));
    onResolve({ filter: /^edgel3$/ }, () => ({ path: '/dist/index.js', external: true }));
    onResolve({ filter: /^edgel3\/analysis$/ }, () => ({ path: '/dist/analysis.js', external: true }));
  },
};

before(() =>
  build({
    entryPoints: FILES.map((name) => path(`../../${name}.test.js`)),
    outdir: fileURLToPath(new URL('build/page-tests', repository)),
    plugins: [pageModules],
    bundle: true,
    format: 'esm',
    logLevel: 'error',
  }),
);

inEachEngine(({ openPage }) => {
  for (const file of FILES) {
    test(
      file,
      againAfterCrash(async (t) => {
        const { tab } = await openPage(t);
        const results = await tab.evaluate(async (file) => {
          await import(`/build/page-tests/${file}.test.js`);
          return Reflect.get(globalThis, 'runTests')();
        }, file);
        assert.ok(results.length > 0);
        for (const { name, error } of results) await t.test(name, () => assert.equal(error, null));
      }),
    );
  }
});
