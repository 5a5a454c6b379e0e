/**
 * Sources of the libraries that the core compiles in, KissFFT and nlohmann-json, and of XNNPACK with what its headers
 * need, which the benchmark compares the core with. On Debian they come from its packages; elsewhere from their public
 * history, by git, which checks what it gets by the commit's id. An environment variable may name a folder that has them
 * already.
 */

import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cached } from './cache.js';
import { ensurePackages } from './debian_packages.js';
import { debianRelease, fetchFromTrixie } from './debian_trixie.js';
import { checkOutCommit } from './git.js';
import { announce, run, SetupError } from './step.js';

/** @import { Commit } from './git.js' */

/** Where each library's sources are kept, and the commit we take; src/third_party.cmake reads the same file. */
const PINS =
  /** @type {Record<'xnnpack' | 'kissfft' | 'fp16' | 'fxdiv' | 'pthreadpool' | 'json', Commit>} */ (
    JSON.parse(readFileSync(new URL('../../src/third_party.json', import.meta.url), 'utf8'))
  );

const XNNPACK = {
  name: 'xnnpack',
  version: '0.0~git20241108.4ea82e5',
  archive: 'xnnpack_0.0~git20241108.4ea82e5.orig.tar.xz',
  sha256: '90bde2caef0f880f627bab0dc805a86c4b8070cd98e3243db3046ab3f3be1a99',
  foldersAbove: 0,
  git: PINS.xnnpack,
  variable: 'EDGEL3_XNNPACK_SOURCE',
};
const KISSFFT = {
  name: 'kissfft',
  version: '131.1.0',
  archive: 'kissfft_131.1.0.orig.tar.gz',
  sha256: '76c1aac87ddb7258f34b08a13f0eebf9e53afa299857568346aa5c82bcafaf1a',
  foldersAbove: 1,
  git: PINS.kissfft,
  variable: 'EDGEL3_KISSFFT_SOURCE',
};

/**
 * The header-only libraries: Debian's packages and where they have the headers, and the commits with what to take of
 * them. Of FP16, FXdiv and pthreadpool the ones that this XNNPACK is made for (FP16's as Debian has it), of nlohmann-json
 * release 3.11.3.
 *
 * @type {{ package: string, paths: string[], git: Commit, gitPaths: string[] }[]}
 */
const HEADERS = [
  {
    package: 'libfp16-dev',
    paths: ['/usr/include/fp16.h', '/usr/include/fp16'],
    git: PINS.fp16,
    gitPaths: ['include/fp16.h', 'include/fp16'],
  },
  {
    package: 'libfxdiv-dev',
    paths: ['/usr/include/fxdiv.h'],
    git: PINS.fxdiv,
    gitPaths: ['include/fxdiv.h'],
  },
  {
    package: 'libpthreadpool-dev',
    paths: ['/usr/include/pthreadpool.h'],
    git: PINS.pthreadpool,
    gitPaths: ['include/pthreadpool.h'],
  },
  {
    package: 'nlohmann-json3-dev',
    paths: ['/usr/include/nlohmann'],
    git: PINS.json,
    gitPaths: ['include/nlohmann'],
  },
];

/** The folder of a library's sources. */
function sources(/** @type {typeof XNNPACK} */ library) {
  const { name, version, git, variable } = library;
  const given = process.env[variable];
  if (given) return given;
  const advice = `Unpack the sources of ${name} ${version} by hand, name their folder in ${variable}, and start again.`;
  if (debianRelease() === undefined) {
    return cached(`${name}-${git.commit}`, (folder) => checkOutCommit(git, folder, advice));
  }
  return cached(`${name}-${version}`, (folder) => unpackSourcePackage(library, folder, advice));
}

/**
 * Unpacks the sources out of Debian's source package.
 *
 * @param {typeof XNNPACK} library
 * @param {string} folder
 * @param {string} advice
 */
function unpackSourcePackage({ name, version, archive, sha256, foldersAbove }, folder, advice) {
  announce(`fetching the sources of ${name} ${version}`);
  const download = mkdtempSync(join(tmpdir(), 'edgel3-'));
  try {
    fetchFromTrixie(download, ['source', '--download-only', '--tar-only', `${name}/trixie`], advice);
    const file = join(download, archive);
    if (createHash('sha256').update(readFileSync(file)).digest('hex') !== sha256) {
      throw new SetupError(`${archive} does not have the expected SHA-256. ${advice}`);
    }
    run('tar', ['-xf', file, '-C', folder, `--strip-components=${foldersAbove}`], { advice });
  } finally {
    rmSync(download, { recursive: true });
  }
}

/**
 * The folder of the header-only libraries. They are copied, because the system's folder must not be on Emscripten's
 * include path: it would find the system's C library there.
 */
function headers() {
  if (process.env.EDGEL3_HEADERS) return process.env.EDGEL3_HEADERS;
  return debianRelease() === undefined
    ? cached(`headers-${HEADERS.map(({ git }) => git.commit.slice(0, 7)).join('-')}`, checkOutHeaders)
    : cached('headers', copyHeaders);
}

function copyHeaders(/** @type {string} */ folder) {
  ensurePackages(Object.fromEntries(HEADERS.map(({ package: name, paths: [first] }) => [name, first])));
  for (const path of HEADERS.flatMap(({ paths }) => paths)) {
    cpSync(path, join(folder, basename(path)), { recursive: true });
  }
}

function checkOutHeaders(/** @type {string} */ folder) {
  const advice =
    'Put the headers of FP16, FXdiv, pthreadpool and nlohmann-json into a folder by hand, name it in EDGEL3_HEADERS, and start again.';
  const checkout = mkdtempSync(join(tmpdir(), 'edgel3-'));
  try {
    for (const { package: name, git, gitPaths } of HEADERS) {
      checkOutCommit(git, join(checkout, name), advice);
      for (const path of gitPaths) {
        cpSync(join(checkout, name, path), join(folder, basename(path)), { recursive: true });
      }
    }
  } finally {
    rmSync(checkout, { recursive: true });
  }
}

/** @returns {Record<string, string>} the CMake variables of src/third_party.cmake */
export function ensureThirdParty() {
  return {
    EDGEL3_XNNPACK_SOURCE: sources(XNNPACK),
    EDGEL3_KISSFFT_SOURCE: sources(KISSFFT),
    EDGEL3_HEADERS: headers(),
  };
}
