/** Sources of the libraries that the core compiles in: KissFFT, XNNPACK, and the ones that are headers only. */

import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { cached } from './cache.js';
import { ensurePackages } from './debian_packages.js';
import { debianRelease, fetchFromTrixie } from './debian_trixie.js';
import { announce, run, SetupError } from './step.js';

/** `variable`: names the folder of the unpacked sources in the environment, instead of the download. */
const XNNPACK = {
  name: 'xnnpack',
  version: '0.0~git20241108.4ea82e5',
  archive: 'xnnpack_0.0~git20241108.4ea82e5.orig.tar.xz',
  sha256: '90bde2caef0f880f627bab0dc805a86c4b8070cd98e3243db3046ab3f3be1a99',
  foldersAbove: 0,
  variable: 'EDGEL3_XNNPACK_SOURCE',
};
const KISSFFT = {
  name: 'kissfft',
  version: '131.1.0',
  archive: 'kissfft_131.1.0.orig.tar.gz',
  sha256: '76c1aac87ddb7258f34b08a13f0eebf9e53afa299857568346aa5c82bcafaf1a',
  foldersAbove: 1,
  variable: 'EDGEL3_KISSFFT_SOURCE',
};

/** The folder of a library's sources, out of Debian's source package. */
function sources(/** @type {typeof XNNPACK} */ { name, version, archive, sha256, foldersAbove, variable }) {
  const given = process.env[variable];
  if (given) return given;
  return cached(`${name}-${version}`, (folder) => {
    const advice = `Unpack the sources of ${name} ${version} by hand, name their folder in ${variable}, and start again.`;
    if (debianRelease() === undefined) throw new SetupError(advice);
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
  });
}

/**
 * The folder of the header-only libraries. They are copied, because the system's folder must not be on Emscripten's
 * include path: it would find the system's C library there.
 */
function headers() {
  if (process.env.EDGEL3_HEADERS) return process.env.EDGEL3_HEADERS;
  const packages = {
    'libfp16-dev': ['/usr/include/fp16.h', '/usr/include/fp16'],
    'libfxdiv-dev': ['/usr/include/fxdiv.h'],
    'libpthreadpool-dev': ['/usr/include/pthreadpool.h'],
    'nlohmann-json3-dev': ['/usr/include/nlohmann'],
  };
  return cached('headers', (folder) => {
    ensurePackages(Object.fromEntries(Object.entries(packages).map(([name, [first]]) => [name, first])));
    for (const path of Object.values(packages).flat()) {
      cpSync(path, join(folder, basename(path)), { recursive: true });
    }
  });
}

/** @returns {Record<string, string>} the CMake variables of src/third_party.cmake */
export function ensureThirdParty() {
  return {
    EDGEL3_XNNPACK_SOURCE: sources(XNNPACK),
    EDGEL3_KISSFFT_SOURCE: sources(KISSFFT),
    EDGEL3_HEADERS: headers(),
  };
}
