// Builds dist/, the package as it is published, from web/. wasm/build.js has put the core there before. With
// --source-maps it is not for publishing but for measuring which lines of web/ run.
import { chmod, copyFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, root));

const isMeasured = process.argv.includes('--source-maps');

/** What wasm/build.js makes; everything else in dist/ is made here, or left from an earlier build. */
const CORE = ['edgel3-core.js', 'edgel3.wasm', 'edgel3-relaxed.wasm'];

const DECODERS = ['mp3_decoder', 'opus_decoder', 'vorbis_decoder'];

/** Other people's code that few need: it is fetched when it is. */
const LIBRARIES = [
  'analysis/matrix_library',
  'analysis/umap_library',
  'embedding/sha256_library',
  'outputs/table/parquet_library',
];

/** Bytes: Vite's default for build.assetsInlineLimit. */
const VITE_INLINE_LIMIT = 4096;

/**
 * Every published file keeps its name: the core's glue stays an import of each script beside it in dist/ instead of being
 * bundled into it.
 *
 * @type {import('esbuild').Plugin}
 */
const separateCore = {
  name: 'separate-core',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/edgel3-core\.js$/ }, () => ({ path: './edgel3-core.js', external: true }));
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minifySyntax: !isMeasured,
  minifyWhitespace: !isMeasured,
  // Node prints the line in which an error was thrown, before what it says.
  lineLimit: 120,
  sourcemap: isMeasured && 'linked',
  outbase: path('web'),
  outdir: path('dist'),
};

/**
 * Puts what platform/inline_assets.d.ts and platform/script_text.d.ts describe into the bundle, and the core's glue as well.
 *
 * @type {import('esbuild').Plugin}
 */
const inlineFiles = {
  name: 'inline-files',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.\/edgel3-core\.js$/ }, () => ({ path: path('dist/edgel3-core.js') }));
    onLoad({ filter: /\.(wasm|safetensors)$/ }, async (file) => ({
      contents: gzipSync(await readFile(file.path), { level: 9 }).toString('base64'),
      loader: 'text',
    }));
    onResolve({ filter: /^script:/ }, (script) => ({
      path: join(script.resolveDir, script.path.slice('script:'.length)),
      namespace: 'script',
    }));
    onLoad({ filter: /./, namespace: 'script' }, async (script) => {
      const { outputFiles } = await build({
        ...inline,
        format: 'iife',
        entryPoints: [script.path],
        write: false,
      });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};

/**
 * Leaves the decoders of compressed sound out of node.js, each in a file of its own: they are large, seldom needed, and
 * under the LGPL in part, whose code everybody must be able to replace.
 *
 * @type {import('esbuild').Plugin}
 */
const separateDecoders = {
  name: 'separate-decoders',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/\w+_decoder\.js$/ }, (decoder) => ({
      path: join('./decoders', decoder.path).replace(/^/, './'),
      external: true,
    }));
  },
};

/**
 * Leaves out of the decoders' packages what runs them in workers of their own, which nobody asks for: their module for
 * that runs either in pages or in Node, while the rest runs in both.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutWorkers = {
  name: 'without-workers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@eshaz\/web-worker$/ }, ({ path }) => ({ path, namespace: 'without-workers' }));
    onLoad({ filter: /./, namespace: 'without-workers' }, () => ({ contents: 'export default class {}' }));
  },
};

/**
 * Leaves the libraries out of what imports them, each in a file of its own.
 *
 * @type {import('esbuild').Plugin}
 */
const separateLibraries = {
  name: 'separate-libraries',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/\w+_library\.js$/ }, ({ resolveDir, path: library, kind }) =>
      kind === 'entry-point'
        ? undefined
        : { path: `./${relative(path('web'), join(resolveDir, library))}`, external: true },
    );
  },
};

/** By what the decoders' packages make workers of their own in Node: Parcel would bring a Buffer and a process for it. */
const withoutNode = { Buffer: 'undefined', process: 'undefined' };

/** @type {import('esbuild').BuildOptions} */
const inline = {
  ...common,
  platform: 'browser',
  conditions: ['inline'],
  plugins: [inlineFiles, withoutWorkers],
  // No bundler shall look for files beside this one.
  define: { 'import.meta.url': '""', ...withoutNode },
};

/** Types of expressions of which every bundler sees that they do nothing but give a value. */
const PLAIN = ['Literal', 'Identifier', 'ArrowFunctionExpression', 'FunctionExpression', 'ClassExpression'];

/**
 * Says of all that a script declares that it does nothing else, as package.json says of the script as a whole: who
 * imports one function gets only what that one needs.
 *
 * @param {string} file
 */
async function markPure(file) {
  let text = await readFile(file, 'utf8');
  const values = parse(text, { ecmaVersion: 'latest', sourceType: 'module' })
    .body.flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations : []))
    .flatMap(({ init }) => (init && !PLAIN.includes(init.type) ? [init] : []));
  for (const { start, end } of values.reverse()) {
    text = `${text.slice(0, start)}/* @__PURE__ */(()=>(${text.slice(start, end)}))()${text.slice(end)}`;
  }
  await writeFile(file, text);
}

for (const file of await readdir(path('dist'))) {
  if (!CORE.includes(file)) await rm(path(`dist/${file}`), { recursive: true });
}
await build({
  ...common,
  platform: 'browser',
  plugins: [separateCore, separateDecoders, separateLibraries],
  entryPoints: { index: path('web/index.js') },
});
await build({
  ...inline,
  format: 'iife',
  outdir: path('dist'),
  entryPoints: { 'edgel3-worker': path('web/engine/worker.js') },
});
await build({
  ...common,
  platform: 'node',
  // The command line is a thin program over the library beside it, begun by one that runs on any Node.
  external: ['../node.js', './main.js'],
  plugins: [separateCore, separateDecoders, separateLibraries],
  entryPoints: {
    node: path('web/node.js'),
    'cli/edgel3': path('web/cli/edgel3.js'),
    'cli/main': path('web/cli/main.js'),
  },
});
await build({
  ...common,
  platform: 'browser',
  // They print what they return as well.
  drop: ['console'],
  define: withoutNode,
  plugins: [withoutWorkers],
  entryPoints: DECODERS.map((name) => path(`web/decoders/${name}.js`)),
});
await build({
  ...common,
  platform: 'browser',
  plugins: [separateLibraries],
  entryPoints: { analysis: path('web/analysis/analysis.js') },
});
await build({
  ...common,
  platform: 'browser',
  minifyIdentifiers: !isMeasured,
  entryPoints: LIBRARIES.map((name) => path(`web/${name}.js`)),
});
await build({ ...inline, entryPoints: [path('web/inline.js')] });
await build({
  ...common,
  platform: 'browser',
  plugins: [inlineFiles],
  entryPoints: { microphone: path('web/microphone/microphone.js') },
});
await build({
  ...common,
  platform: 'browser',
  // Vite makes a data: URL of what is smaller, and a strict Content-Security-Policy forbids that.
  banner: { js: `/*${'*'.repeat(VITE_INLINE_LIMIT)}*/` },
  entryPoints: { 'edgel3-microphone-worklet': path('web/microphone/worklet.js') },
});
if (!isMeasured) {
  for (const entry of ['index', 'node', 'analysis', 'inline', 'microphone'])
    await markPure(path(`dist/${entry}.js`));
}
await copyFile(path('web/edgel3-core.d.ts'), path('dist/edgel3-core.d.ts'));
await cp(path('web/assets'), path('dist/assets'), { recursive: true });
await chmod(path('dist/cli/edgel3.js'), 0o755);
await copyFile(path('models/sea64-sparse76.safetensors'), path('dist/edgel3-model.safetensors'));
