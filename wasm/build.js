/**
 * Builds the WebAssembly module in both variants and puts it into dist/: `node wasm/build.js`, after the set-up.
 *
 *     dist/edgel3-core.js        the factory, the same for both
 *     dist/edgel3.wasm           baseline SIMD
 *     dist/edgel3-relaxed.wasm   relaxed SIMD
 */

import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const repository = fileURLToPath(new URL('..', import.meta.url));
const dist = join(repository, 'dist');
const modified = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Configures a CMake preset anew whenever the set-up has moved something, and builds what has changed. */
async function build(/** @type {string} */ preset) {
  const cmake = (/** @type {string[]} */ ...args) =>
    promisify(execFile)('cmake', args, { cwd: repository, maxBuffer: 2 ** 26 });
  if (
    modified(join(repository, 'build', preset, 'build.ninja')) <
    modified(join(repository, 'build/setup.cmake'))
  ) {
    await cmake('--fresh', '--preset', preset);
  }
  await cmake('--build', '--preset', preset);
  return join(repository, 'build', preset, 'wasm');
}

console.log('Building the WebAssembly module …');
try {
  const [baseline, relaxed] = await Promise.all(['wasm', 'wasm-relaxed'].map(build));
  if (!readFileSync(join(baseline, 'edgel3.js')).equals(readFileSync(join(relaxed, 'edgel3.js')))) {
    throw new Error('The two builds made different glue: one edgel3-core.js cannot serve both.');
  }
  mkdirSync(dist, { recursive: true });
  copyFileSync(join(baseline, 'edgel3.js'), join(dist, 'edgel3-core.js'));
  copyFileSync(join(baseline, 'edgel3.wasm'), join(dist, 'edgel3.wasm'));
  copyFileSync(join(relaxed, 'edgel3.wasm'), join(dist, 'edgel3-relaxed.wasm'));
} catch (error) {
  const {
    stdout = '',
    stderr = '',
    message,
  } = /** @type {Error & { stdout?: string, stderr?: string }} */ (error);
  console.error(`${stdout}${stderr}` || message);
  process.exitCode = 1;
}
