// What bundlers make of this package, for pages and for Node, with nothing configured for it.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import webpack from 'webpack';
import { page } from '../package/apps.js';
import { createProject, projects, runIn } from '../package/project.js';
import { serve } from '../web/browser/static_server.js';
import { missing, openPage } from './browser.js';
import { assertPrintsResult, assertResult, createHost, PROGRAM, program } from './host.js';

/** Uses what is loaded when it is needed. */
const ALL_LIBRARIES = `
  import { decodeAudio, frechetDistance, getEmbedding, mapOf } from 'edgel3/inline';
  import { readFileSync } from 'node:fs';
  async function main() {
    const said = [];
    const audio = Float32Array.from({ length: 80_000 }, (_, index) => Math.sin((index * index) / 40_000));
    const embeddings = await getEmbedding(audio, 22_050);
    said.push('embedded');
    for (const path of process.argv.slice(2)) {
      const { channels } = await decodeAudio(readFileSync(path));
      said.push(channels[0].some((sample) => sample !== 0) ? 'decoded' : path);
    }
    const map = await mapOf(embeddings);
    said.push(map.length === embeddings.shape[0] && map.every((point) => point.every(Number.isFinite)) ? 'map' : map);
    const distance = await frechetDistance(embeddings, embeddings);
    said.push(distance < 1 ? 'distance' : distance);
    console.log(said.join(' '));
  }
  main();
`;

const FILES = {
  'main.js': PROGRAM,
  'page.html': page('<script type="module" src="./main.js"></script>'),
};

/**
 * @param {import('node:test').TestContext} t
 * @param {string} path of the page, in the folder of projects
 * @param {string} [contentSecurityPolicy]
 */
async function assertPageWorks(t, path, contentSecurityPolicy) {
  const server = await serve(pathToFileURL(`${projects}/`), { pathOfPage: '/', contentSecurityPolicy });
  t.after(server.close);
  const { result, warnings, workers } = await openPage(`${server.url}/${path}`);
  await assertResult(result);
  assert.deepEqual(warnings, []);
  assert.ok(workers > 0, 'works in workers');
}

/**
 * webpack's and Rspack's interface is the same.
 *
 * @param {any} bundle
 * @param {string} folder
 * @param {string} out
 * @param {object} options
 * @returns {Promise<any>} the compilation
 */
function runWebpack(bundle, folder, out, options) {
  const output = { path: join(folder, out), filename: 'main.js' };
  const configuration = {
    mode: 'production',
    context: folder,
    entry: './main.js',
    performance: false,
    output,
  };
  const compiler = bundle({ ...configuration, ...options });
  return new Promise((resolve, reject) => {
    compiler.run((/** @type {unknown} */ error, /** @type {any} */ stats) => {
      if (error) reject(error);
      else resolve(stats.toJson({ all: false, errors: true, warnings: true, assets: true }));
    });
  });
}

/** @param {{ errors: unknown[], warnings: unknown[], assets: { name: string }[] }} built */
function assertWhole({ errors, warnings, assets }) {
  assert.deepEqual([...errors, ...warnings], []);
  const kinds = assets.map(({ name }) => name.split('.').at(-1)).sort();
  // The model, both builds of the module, and scripts: the bundle, the worker's, and some of the decoders and libraries.
  assert.deepEqual(kinds.slice(-3), ['safetensors', 'wasm', 'wasm']);
  const scripts = kinds.slice(0, -3);
  assert.ok(
    scripts.length >= 2 && scripts.length <= 9 && scripts.every((kind) => kind === 'js'),
    String(kinds),
  );
}

describe('for pages', { skip: missing }, () => {
  test('Rollup', async (t) => {
    const folder = await createHost(t, 'rollup', {
      ...FILES,
      'rollup.config.js': `
        import resolve from '@rollup/plugin-node-resolve';
        import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets';
        export default { input: 'main.js', output: { dir: 'out' }, plugins: [resolve({ browser: true }), importMetaAssets()] };`,
    });
    if (!folder) return;
    const { status, output } = await runIn(folder, program(folder, 'rollup'), [
      '--config',
      '--failAfterWarnings',
    ]);
    assert.equal(status, 0, output);
    writeFileSync(join(folder, 'out/page.html'), FILES['page.html']);
    await assertPageWorks(t, 'rollup/out/page.html');
  });

  test('Rspack, also for Node', async (t) => {
    const folder = await createHost(t, 'rspack', FILES);
    if (!folder) return;
    const { rspack } = createRequire(join(folder, 'main.js'))('@rspack/core');
    assertWhole(await runWebpack(rspack, folder, 'out', {}));
    writeFileSync(join(folder, 'out/page.html'), FILES['page.html']);
    await assertPageWorks(t, 'rspack/out/page.html');
    writeFileSync(join(folder, 'package.json'), '{}');
    assertWhole(await runWebpack(rspack, folder, 'out-node', { target: 'node' }));
    await assertPrintsResult(folder, process.execPath, ['out-node/main.js']);
  });

  test('Parcel', async (t) => {
    const folder = await createHost(t, 'parcel', FILES);
    if (!folder) return;
    const args = [
      'build',
      'page.html',
      '--dist-dir',
      'out',
      '--public-url',
      './',
      '--no-cache',
      '--no-autoinstall',
    ];
    const { status, output } = await runIn(folder, program(folder, 'parcel'), args);
    assert.equal(status, 0, output);
    // Parcel puts an import map into the page.
    const policy =
      "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'self'";
    await assertPageWorks(t, 'parcel/out/page.html', policy);
  });
});

describe('for Node', () => {
  test('webpack', async () => {
    const folder = createProject('webpack-node', { ...FILES, 'package.json': '{}' });
    assertWhole(await runWebpack(webpack, folder, 'out', { target: 'node' }));
    await assertPrintsResult(folder, process.execPath, ['out/main.js']);
  });

  for (const format of /** @type {const} */ (['cjs', 'esm'])) {
    /** @param {string} library @param {string} folder */
    const bundle = async (library, folder) => {
      const outfile = join(folder, format === 'cjs' ? 'out.cjs' : 'out.mjs');
      await build({
        stdin: { contents: PROGRAM.replace("'edgel3'", `'${library}'`), resolveDir: folder },
        bundle: true,
        platform: 'node',
        format,
        outfile,
        logLevel: 'silent',
      });
      return outfile;
    };

    test(`esbuild, one file (${format}): the one-file entry`, async () => {
      const folder = createProject(`esbuild-inline-${format}`, {});
      await assertPrintsResult(folder, process.execPath, [await bundle('edgel3/inline', folder)]);
    });

    test(`esbuild, one file (${format}), alone: decoders and libraries are inside too`, async () => {
      const folder = createProject(`esbuild-alone-${format}`, {});
      const alone = join(projects, `alone-${format}`);
      mkdirSync(alone);
      const outfile = join(alone, format === 'cjs' ? 'out.cjs' : 'out.mjs');
      await build({
        stdin: { contents: ALL_LIBRARIES, resolveDir: folder },
        bundle: true,
        minify: true,
        platform: 'node',
        format,
        outfile,
        logLevel: 'error',
      });
      const sounds = ['mpeg1.mp3', 'vorbis.ogg', 'opus48k.opus', 's16.flac'].map((name) =>
        fileURLToPath(new URL(`../web/decoders/sounds/${name}`, import.meta.url)),
      );
      const { status, output } = await runIn(alone, process.execPath, [outfile, ...sounds]);
      assert.equal(output, 'embedded decoded decoded decoded decoded map distance\n');
      assert.equal(status, 0);
    });

    test(`esbuild, one file (${format}): without the files beside it, the error says what to do`, async () => {
      const folder = createProject(`esbuild-${format}`, {});
      const { output } = await runIn(folder, process.execPath, [await bundle('edgel3', folder)]);
      assert.match(
        output,
        /EdgeL3Error: The built-in model could not be loaded: .*edgel3-model\.safetensors/,
      );
      assert.match(output, /code: 'file_not_found'/);
    });
  }
});
