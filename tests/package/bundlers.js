import assert from 'node:assert/strict';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import * as vite from 'vite';
import webpack from 'webpack';
import { APPS } from './apps.js';

/**
 * Each bundles the apps of a project into its folder 'out', with nothing configured for this library.
 *
 * @type {Record<string, (folder: string) => Promise<void>>}
 */
export const bundlers = {
  async 'vite-build'(folder) {
    const input = APPS.map((app) => join(folder, `${app}.html`));
    await vite.build({
      root: folder,
      base: './',
      configFile: false,
      logLevel: 'error',
      build: { outDir: 'out', rolldownOptions: { input } },
    });
  },

  async webpack(folder) {
    const compiler = webpack({
      mode: 'production',
      context: folder,
      entry: Object.fromEntries(APPS.map((app) => [app, `./${app}.js`])),
      output: { path: join(folder, 'out') },
      performance: false,
    });
    const compilation = await new Promise((resolve, reject) => {
      compiler.run((error, stats) => (error ? reject(error) : resolve(stats?.compilation)));
    });
    assert.deepEqual([...compilation.errors, ...compilation.warnings], []);
    copyPages(folder);
  },

  // esbuild does not follow new URL(…, import.meta.url): workers are entries of their own, assets are copied.
  async esbuild(folder) {
    const out = join(folder, 'out');
    const { warnings } = await esbuild.build({
      entryPoints: [...APPS, 'task'].map((app) => join(folder, `${app}.js`)),
      outdir: out,
      bundle: true,
      format: 'esm',
    });
    assert.deepEqual(warnings, []);
    const dist = join(folder, 'node_modules/edgel3/dist');
    const assets = readdirSync(dist).filter((name) => /^edgel3.*\.(js|wasm|safetensors)$/.test(name));
    for (const name of assets) cpSync(join(dist, name), join(out, name));
    copyPages(folder);
  },
};

/** @param {string} folder */
function copyPages(folder) {
  for (const app of APPS) cpSync(join(folder, `${app}.html`), join(folder, 'out', `${app}.html`));
}
