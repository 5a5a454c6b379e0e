/**
 * Sets up everything the build needs: `node wasm/setup/setup.js [GROUP... | all]`, and those groups of Debian's packages
 * in test_packages.js that are named.
 * What is there already is left alone, so a second run takes no time and no network. Uses Node's built-ins only.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './debian_packages.js';
import { ensureEmscripten } from './emscripten.js';
import { ensureNpmPackages } from './npm_packages.js';
import { SetupError } from './step.js';
import { testPackages } from './test_packages.js';
import { ensureThirdParty } from './third_party.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const BUILD_PACKAGES = { cmake: 'cmake', 'ninja-build': 'ninja', 'xz-utils': 'xz' };

/** Tells CMake where things are. The file keeps its date while nothing changes, because the build depends on it. */
function writeSetupResult(/** @type {Record<string, string>} */ variables) {
  const file = join(repository, 'build/setup.cmake');
  const text = Object.entries(variables)
    .map(([name, value]) => `set(${name} "${value}")\n`)
    .join('');
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

try {
  const named = process.argv.slice(2);
  const isNamed = (/** @type {string} */ group) => named.includes(group) || named.includes('all');
  const groups = Object.entries(testPackages).filter(([group]) => isNamed(group));
  ensurePackages(Object.assign({}, BUILD_PACKAGES, ...groups.map(([, packages]) => packages)));
  ensureNpmPackages(repository);
  writeSetupResult({ ...ensureThirdParty(), ...ensureEmscripten(repository) });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`Set-up failed. ${error.message}`);
  process.exitCode = 1;
}
