/** Emscripten: the machine's own if it is new enough, Debian's package, or that package unpacked privately. */

import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.js';
import { ensurePackages } from './debian_packages.js';
import { debianRelease, fetchFromTrixie } from './debian_trixie.js';
import { announce, run, SetupError } from './step.js';

/** Relaxed SIMD has its final instruction set since this version. */
const OLDEST = [3, 1, 60];

const ADVICE = `Install Emscripten ${OLDEST.join('.')} or later by hand, so that emcc is on PATH, and start again.`;

/** The folder of the Emscripten on PATH, if it is new enough. */
function emscriptenOnPath() {
  const { status, stdout } = spawnSync('emcc', ['--version'], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const version = (stdout.match(/(\d+)\.(\d+)\.(\d+)/) ?? []).slice(1).map(Number);
  const difference = OLDEST.map((part, i) => version[i] - part).find((part) => part !== 0) ?? 0;
  if (!(difference >= 0)) return undefined;
  return run('em-config', ['EMSCRIPTEN_ROOT'], { advice: ADVICE }).trim();
}

/** Where the package has its programs. */
const EMSCRIPTEN = 'usr/share/emscripten';

/** Library variants for link-time optimisation, shared libraries and debugging: 1.3 of the package's 1.6 GB. */
const LEFT_OUT = ['*/wasm32-emscripten/lto*', '*/wasm32-emscripten/pic', '*-asan*.a', '*-debug*.a'];

/**
 * Emscripten of Debian 13 unpacked for Debian 12, whose own has no final relaxed SIMD. The package is Python,
 * JavaScript and prebuilt libraries and runs as it is; Binaryen's programs want a newer C library, so each is started
 * through the dynamic linker of that one. Clang 19 comes from Debian 12 itself.
 */
function unpackEmscripten(/** @type {string} */ repository) {
  ensurePackages({
    'clang-19': 'clang-19',
    'lld-19': 'wasm-ld-19',
    'llvm-19': 'llvm-ar-19',
    python3: 'python3',
    'xz-utils': 'xz',
  });
  const folder = cached('emscripten-trixie', (temporary, final) => {
    announce('fetching Emscripten (250 MB)');
    const packages = ['emscripten', 'binaryen', 'libc6', 'libstdc++6', 'libgcc-s1'];
    fetchFromTrixie(temporary, ['download', ...packages.map((name) => `${name}/trixie`)], ADVICE);
    announce('unpacking Emscripten');
    for (const file of readdirSync(temporary).filter((name) => name.endsWith('.deb'))) {
      const exclude = LEFT_OUT.map((pattern) => `--exclude='${pattern}'`).join(' ');
      const unpack = `set -o pipefail; dpkg-deb --fsys-tarfile '${file}' | tar -x --wildcards ${exclude}`;
      run('bash', ['-c', unpack], { cwd: temporary, advice: ADVICE });
      rmSync(join(temporary, file));
    }
    wrapBinaryen(temporary);
    configure(temporary, final, repository);
  });
  return join(folder, EMSCRIPTEN);
}

/** Makes `binaryen/bin`: for each of Binaryen's programs a script that starts it with the unpacked C library. */
function wrapBinaryen(/** @type {string} */ folder) {
  const [triplet] = readdirSync(join(folder, 'usr/lib'));
  const linker = readdirSync(join(folder, 'usr/lib', triplet)).find((name) => name.startsWith('ld-linux'));
  const bin = join(folder, 'binaryen/bin');
  mkdirSync(bin, { recursive: true });
  for (const program of readdirSync(join(folder, 'usr/bin')).filter((name) => name.startsWith('wasm'))) {
    const script = [
      '#!/bin/sh',
      `usr="$(dirname "$0")/../../usr"`,
      `exec "$usr/lib/${triplet}/${linker}" --library-path "$usr/lib/${triplet}" "$usr/bin/${program}" "$@"`,
      '',
    ];
    writeFileSync(join(bin, program), script.join('\n'));
    chmodSync(join(bin, program), 0o755);
  }
}

/**
 * Writes the configuration that emcc reads from its own folder, and puts the parser it needs beside it.
 *
 * @param {string} folder
 * @param {string} finalFolder where `folder` will be
 * @param {string} repository
 */
function configure(folder, finalFolder, repository) {
  const emscripten = join(folder, EMSCRIPTEN);
  const configuration = [
    "LLVM_ROOT = '/usr/lib/llvm-19/bin'",
    `BINARYEN_ROOT = '${finalFolder}/binaryen'`,
    "NODE_JS = 'node'",
    '# The package brings the system libraries, built.',
    'FROZEN_CACHE = True',
    '',
  ];
  writeFileSync(join(emscripten, '.emscripten'), configuration.join('\n'));
  // Else a package.json somewhere above the cache, as where the cache is in a checkout, may declare ES modules.
  writeFileSync(join(emscripten, 'package.json'), '{}\n');
  cpSync(join(repository, 'node_modules/acorn'), join(emscripten, 'node_modules/acorn'), { recursive: true });
}

/**
 * @param {string} repository
 * @returns {Record<string, string>} the CMake variable of wasm/toolchain.cmake
 */
export function ensureEmscripten(repository) {
  return { EDGEL3_EMSCRIPTEN_ROOT: emscriptenOnPath() ?? installEmscripten(repository) };
}

function installEmscripten(/** @type {string} */ repository) {
  const release = debianRelease();
  if (release === undefined || release < 12) throw new SetupError(ADVICE);
  if (release === 12) return unpackEmscripten(repository);
  ensurePackages({ emscripten: 'emcc' });
  const root = emscriptenOnPath();
  if (!root) throw new SetupError(ADVICE);
  return root;
}
