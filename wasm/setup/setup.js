/**
 * Sets up everything the build needs, with --tests everything the tests need as well, and with --checks what `npm run
 * check` needs beyond that: `node wasm/setup/setup.js [--tests | --checks]`.
 * What is there already is left alone, so a second run takes no time and no network. Uses Node's built-ins only.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensurePackages } from './debian_packages.js';
import { ensureEmscripten } from './emscripten.js';
import { ensureNpmPackages } from './npm_packages.js';
import { SetupError } from './step.js';
import { ensureThirdParty } from './third_party.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));

const BUILD_PACKAGES = { cmake: 'cmake', 'ninja-build': 'ninja', 'xz-utils': 'xz' };

const TEST_PACKAGES = {
  'clang-19': 'clang++-19',
  'lld-19': 'ld.lld-19',
  'llvm-19': 'llvm-symbolizer-19',
  'libc++-19-dev': '/usr/lib/llvm-19/include/c++',
  'libc++abi-19-dev': '/usr/lib/llvm-19/lib/libc++abi.a',
  'libclang-rt-19-dev': '/usr/lib/llvm-19/lib/clang/19/lib/linux',
  'clang-format-19': 'clang-format-19',
  'clang-tidy-19': 'clang-tidy-19',
  'libgtest-dev': '/usr/src/googletest',
  chromium: 'chromium',
  parallel: 'parallel',
  'firefox-esr': 'firefox-esr',
  'webkit2gtk-driver': 'WebKitWebDriver',
  xvfb: 'Xvfb',
};

const CHECK_PACKAGES = { valgrind: 'valgrind' };

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
  const checks = process.argv.includes('--checks');
  const tests = checks || process.argv.includes('--tests');
  ensurePackages({ ...BUILD_PACKAGES, ...(tests ? TEST_PACKAGES : {}), ...(checks ? CHECK_PACKAGES : {}) });
  ensureNpmPackages(repository);
  writeSetupResult({ ...ensureThirdParty(), ...ensureEmscripten(repository) });
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(`Set-up failed. ${error.message}`);
  process.exitCode = 1;
}
