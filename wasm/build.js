/**
 * Builds the WebAssembly module in both variants and puts it into dist/: `node wasm/build.js`, after the set-up.
 *
 *     dist/edgel3-core.js        the factory, the same for both
 *     dist/edgel3.wasm           baseline SIMD
 *     dist/edgel3-relaxed.wasm   relaxed SIMD
 */

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { buildPreset } from './cmake.js';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/**
 * The factory is given its module (web/engine/core.js): by an address of its own it would only have bundlers look for one.
 *
 * @param {string} factory
 */
async function toPublished(factory) {
  const { code } = await transform(factory.replaceAll('import.meta.url', "''"), { minify: true });
  return code;
}

console.log('Building the WebAssembly module …');
try {
  const folders = await Promise.all(['wasm', 'wasm-relaxed'].map((preset) => buildPreset(preset)));
  const [baseline, relaxed] = folders.map((folder) => join(folder, 'wasm'));
  if (!readFileSync(join(baseline, 'edgel3.js')).equals(readFileSync(join(relaxed, 'edgel3.js')))) {
    throw new Error('The two builds made different glue: one edgel3-core.js cannot serve both.');
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(
    join(dist, 'edgel3-core.js'),
    await toPublished(readFileSync(join(baseline, 'edgel3.js'), 'utf8')),
  );
  copyFileSync(join(baseline, 'edgel3.wasm'), join(dist, 'edgel3.wasm'));
  copyFileSync(join(relaxed, 'edgel3.wasm'), join(dist, 'edgel3-relaxed.wasm'));
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
