import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), 'utf8');
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, root));

/** Libraries that are compiled into the module, whose sources the set-up fetches. */
const IN_THE_MODULE = ['KissFFT', 'JSON for Modern C++', 'Emscripten', 'musl', 'LLVM'];

/** The npm packages whose code esbuild takes from some entries. @param {string[]} entries */
async function packagesIn(entries) {
  const { metafile } = await build({
    entryPoints: entries.map(path),
    bundle: true,
    platform: 'node',
    format: 'esm',
    outdir: path('build/notice'),
    write: false,
    metafile: true,
    external: ['../edgel3-core.js', 'edgel3', 'edgel3/microphone'],
    logLevel: 'error',
  });
  const names = Object.keys(metafile.inputs).map(
    (input) => input.match(/node_modules\/(?<name>(@[^/]+\/)?[^/]+)/)?.groups?.name,
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

describe('NOTICE', () => {
  const notice = read('NOTICE');

  test('names every npm package whose code is in the package or in the demo', async () => {
    const packages = await packagesIn([
      'web/node.js',
      'web/cli/main.js',
      'web/decoders/mp3_decoder.js',
      'web/decoders/opus_decoder.js',
      'web/decoders/vorbis_decoder.js',
      'web/demo/main.js',
    ]);
    assert.ok(packages.length > 5, String(packages));
    assert.deepEqual(
      packages.filter((name) => !notice.includes(name)),
      [],
    );
  });

  test('names what is in the WebAssembly module', () => {
    for (const name of IN_THE_MODULE) assert.ok(notice.includes(name), name);
  });

  test('every licence that it refers to is there, and no other', () => {
    const referred = new Set(notice.match(/licenses\/\S+\.txt/g));
    const present = readdirSync(path('licenses')).map((name) => `licenses/${name}`);
    assert.deepEqual([...referred].sort(), present.sort());
  });
});
