import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { createProject, runIn, tarball } from './project.js';

const MAX_WASM_GZIPPED = 110_000;
/** Bytes of a page's bundle that only compares embeddings. */
const MAX_SIMILARITY = 1500;
/** One module and the built-in model are in it twice, since inline.js has them inside; the docs are in it once. */
const MAX_TARBALL = 1_250_000;

describe('the tarball', () => {
  const folder = createProject('contents', {});
  const root = join(folder, 'node_modules/edgel3');
  const dist = join(root, 'dist');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  test('is at most 1.25 MB, and either module at most 110 kB gzipped', (t) => {
    const { size } = statSync(tarball);
    t.diagnostic(`tarball: ${size} bytes`);
    assert.ok(size <= MAX_TARBALL, `${size} bytes`);
    for (const name of ['edgel3.wasm', 'edgel3-relaxed.wasm']) {
      const { length } = gzipSync(readFileSync(join(dist, name)), { level: 9 });
      t.diagnostic(`${name}: ${length} bytes gzipped`);
      assert.ok(length <= MAX_WASM_GZIPPED, `${name}: ${length} bytes`);
    }
  });

  test('has the files whose names are promised, with types, and no other script or asset', () => {
    assert.deepEqual(readdirSync(root).sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'NOTICE',
      'README.md',
      'SECURITY.md',
      'dist',
      'docs',
      'licenses',
      'models',
      'package.json',
    ]);
    const files = /** @type {string[]} */ (readdirSync(dist, { recursive: true }));
    assert.deepEqual(files.filter((file) => /\.(js|wasm|safetensors)$/.test(file)).sort(), [
      'analysis.js',
      'analysis/matrix_library.js',
      'analysis/umap_library.js',
      'cli/edgel3.js',
      'cli/main.js',
      'decoders/mp3_decoder.js',
      'decoders/opus_decoder.js',
      'decoders/vorbis_decoder.js',
      'edgel3-core.js',
      'edgel3-microphone-worklet.js',
      'edgel3-model.safetensors',
      'edgel3-relaxed.wasm',
      'edgel3-worker.js',
      'edgel3.wasm',
      'embedding/sha256_library.js',
      'index.js',
      'inline.js',
      'microphone.js',
      'node.js',
      'outputs/table/parquet_library.js',
      'shared.js',
    ]);
    const strange = files.filter((file) => !/(\.js|\.d\.ts|\.wasm|\.safetensors|^[^.]+)$/.test(file));
    assert.deepEqual(strange, []);
  });

  test('docs/hosting.md names all files that a server must have', () => {
    const text = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
    const hosted = readdirSync(dist).filter((file) => /^edgel3.*\.(js|wasm|safetensors)$/.test(file));
    for (const file of hosted) assert.ok(text.includes(`\`${file}\``), file);
  });

  test('every asset is found by the one form that all bundlers know, in one line', () => {
    const assets = readdirSync(dist).filter((file) => /^edgel3.*\.(js|wasm|safetensors)$/.test(file));
    const found = ['index.js', 'node.js', 'microphone.js'].map((script) =>
      [
        ...readFileSync(join(dist, script), 'utf8').matchAll(
          /new URL\("\.\/(?<name>[^"]+)",import\.meta\.url\)/g,
        ),
      ].map(({ groups }) => groups?.name),
    );
    const ofMicrophone = ['edgel3-microphone-worklet.js'];
    const ofLibrary = assets.filter((name) => name !== 'edgel3-core.js' && !ofMicrophone.includes(name));
    assert.deepEqual(
      found.map((names) => names.sort()),
      [ofLibrary, ofLibrary, ofMicrophone],
    );
    for (const script of readdirSync(dist, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.js'))) {
      assert.doesNotMatch(
        readFileSync(join(dist, script), 'utf8'),
        /\b(from|import\(?)\s*"[^"\n]*\\\n/,
        script,
      );
    }
  });

  test('the script of workers imports nothing: a copy of it is enough', async () => {
    const { metafile } = await build({
      entryPoints: [join(dist, 'edgel3-worker.js')],
      bundle: true,
      platform: 'neutral',
      write: false,
      metafile: true,
    });
    assert.deepEqual(
      Object.values(metafile.inputs).flatMap((input) => input.imports),
      [],
    );
    assert.doesNotMatch(readFileSync(join(dist, 'edgel3-worker.js'), 'utf8'), /importScripts\(|import\.meta/);
  });

  test('depends on nothing, and installs without running anything', () => {
    assert.equal(manifest.dependencies, undefined);
    assert.equal(manifest.peerDependencies, undefined);
    for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
      assert.equal(manifest.scripts[script], undefined);
    }
  });

  test("no page's entry reaches a module of Node", async () => {
    const pages = ['index.js', 'analysis.js', 'inline.js', 'microphone.js', 'edgel3-worker.js'];
    const { metafile } = await build({
      entryPoints: pages.map((name) => join(dist, name)),
      bundle: true,
      platform: 'browser',
      format: 'esm',
      outdir: join(folder, 'out'),
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
    assert.deepEqual(
      imports.filter(({ external }) => external),
      [],
    );
  });

  test('who imports one function gets little else', async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: "import { similarity } from 'edgel3'; console.log(similarity);",
        resolveDir: folder,
      },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    });
    assert.ok(outputFiles[0].contents.length <= MAX_SIMILARITY, outputFiles[0].text);
  });

  test('publint finds nothing to say', async () => {
    const { status, output } = await runIn(folder, 'publint', ['--strict', tarball]);
    assert.equal(status, 0, output);
    assert.match(output, /All good!/);
  });

  test('the types resolve wherever ES modules do (attw)', async () => {
    // Without 'esm-only', it demands what TypeScript did before exports, and a second, CommonJS, copy of everything.
    const assets = Object.keys(manifest.exports).filter((name) => /^\.\/edgel3/.test(name));
    const { status, output } = await runIn(folder, 'attw', [
      tarball,
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      ...assets,
    ]);
    assert.equal(status, 0, output);
  });
});
