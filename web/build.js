// Builds dist/, the package as it is published, from web/. wasm/build.js has put the core there before. With
// --source-maps it is not for publishing but for measuring which lines of web/ run.
import { createHash } from 'node:crypto';
import { chmod, copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import zopfli from '@gfx/zopfli';
import { parse, parseExpressionAt } from 'acorn';
import { build, transform } from 'esbuild';

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

/** Sources of packages whose main files are CommonJS, all of which a bundler would have to take. */
const SOURCES = {
  'ml-levenberg-marquardt': path('node_modules/ml-levenberg-marquardt/src/index.js'),
  'ml-matrix': path('node_modules/ml-matrix/src/index.js'),
  'umap-js': path('node_modules/umap-js/src/index.ts'),
};

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
  absWorkingDir: path('.'),
  outbase: path('web'),
  outdir: path('dist'),
};

/**
 * What is inside scripts is packed by Zopfli, which takes seconds: so it is kept, by the name of its hash.
 *
 * @param {Uint8Array} bytes
 * @returns {Promise<string>} gzipped, in base64
 */
async function pack(bytes) {
  const file = path(`build/packed/${createHash('sha256').update(bytes).digest('hex')}.gz`);
  let packed = await readFile(file).catch(() => undefined);
  if (!packed) {
    packed = Buffer.from(await zopfli.gzipAsync(bytes, { numiterations: 15 }));
    await mkdir(path('build/packed'), { recursive: true });
    // Another build may read it meanwhile.
    await writeFile(`${file}.${process.pid}`, packed);
    await rename(`${file}.${process.pid}`, file);
  }
  return packed.toString('base64');
}

const everyOther = (/** @type {Buffer} */ bytes, /** @type {number} */ first) =>
  bytes.filter((_, index) => index % 2 === first);

/**
 * Puts what platform/inline_assets.d.ts and platform/script_text.d.ts describe into the bundle, and the core's glue as well.
 *
 * @type {import('esbuild').Plugin}
 */
const inlineFiles = {
  name: 'inline-files',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.\/edgel3-core\.js$/ }, () => ({ path: path('dist/edgel3-core.js') }));
    onLoad({ filter: /\.(wasm|safetensors)$/ }, async (file) => {
      const bytes = await readFile(file.path);
      // Most of a model are numbers of two bytes: with all first bytes and then all second ones it packs better.
      const isModel = file.path.endsWith('.safetensors');
      const ordered = isModel ? Buffer.concat([everyOther(bytes, 0), everyOther(bytes, 1)]) : bytes;
      return { contents: await pack(ordered), loader: 'text' };
    });
    onResolve({ filter: /^script:/ }, (script) => ({
      path: join(script.resolveDir, script.path.slice('script:'.length)),
      namespace: 'script',
    }));
    onLoad({ filter: /./, namespace: 'script' }, async (script) => {
      const { outputFiles } = await build({ ...worker, entryPoints: [script.path], write: false });
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
 * Leaves out of the decoders' packages what nobody here asks for: workers of their own, by a module that runs either in
 * pages or in Node while the rest runs in both; and a parser of Ogg, which ogg.js is.
 *
 * @type {import('esbuild').Plugin}
 */
const withoutUnused = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    const unused = /^(@eshaz\/web-worker|\.\/src\/CodecParser\.js)$/;
    onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    onLoad({ filter: /./, namespace: 'unused' }, () => ({ contents: 'export default class {}' }));
  },
};

/** What the script of the Opus decoder gets its module by. */
const UNPACK = `async function unpack(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new ReadableStream({ start(controller) { controller.enqueue(packed); controller.close(); } });
  return new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
}
`;

/**
 * The Opus decoder's package has its module inside a script, a letter for each byte: gzipped it takes a third less.
 *
 * @type {import('esbuild').Plugin}
 */
const packOpus = {
  name: 'pack-opus',
  setup({ onLoad }) {
    onLoad({ filter: /decode-opus\/src\/opus\.wasm\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const [before, after] = text.split('return binaryDecode(');
      const call = 'wasmBinaryFile??=findWasmBinary()';
      if (!after?.includes(call)) throw new Error(`${path} is not what packOpus was written for.`);
      const { value, end } = /** @type {import('acorn').Literal} */ (
        parseExpressionAt(after, 0, { ecmaVersion: 'latest' })
      );
      // A letter's lower eight bits are the byte.
      const bytes = Uint8Array.from(String(value), (letter) => letter.charCodeAt(0));
      const packed = await pack(bytes);
      const rest = after.slice(end).replace(call, 'wasmBinaryFile??=await findWasmBinary()');
      return { contents: `${UNPACK}${before}return unpack('${packed}'${rest}` };
    });
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

/**
 * The map's library computes with matrices of the other one, where they stand once.
 *
 * @type {import('esbuild').Plugin}
 */
const separateMatrices = {
  name: 'separate-matrices',
  setup({ onResolve }) {
    onResolve({ filter: /^ml-matrix$/ }, ({ importer }) =>
      importer.startsWith(dirname(SOURCES['ml-levenberg-marquardt']))
        ? { path: './matrix_library.js', external: true }
        : undefined,
    );
  },
};

/**
 * By what the decoders' packages make workers of their own in Node, for which Parcel would bring a Buffer and a process; and
 * an address, of which they have no use, but which one that bundles without modules would be warned of.
 */
const withoutHost = { Buffer: 'undefined', process: 'undefined', 'import.meta.url': "''" };

/** A page's side of what differs between hosts. @type {import('esbuild').BuildOptions} */
const page = {
  ...common,
  platform: 'browser',
  plugins: [separateCore, separateDecoders, separateLibraries],
  entryPoints: { index: path('web/index.js') },
};

/** What a worker runs: one script that imports nothing. @type {import('esbuild').BuildOptions} */
const worker = {
  ...common,
  minifyIdentifiers: !isMeasured,
  format: 'iife',
  platform: 'browser',
  conditions: ['inline'],
  plugins: [inlineFiles],
  entryPoints: { 'edgel3-worker': path('web/engine/worker.js') },
};

/** Where entries part: this, or what stands for it in Node and in the one-file entry. */
const PLATFORM = 'web/platform/page.js';

/** @returns {Promise<string[]>} the modules that index.js needs, but for those that depend on the platform */
async function findShared() {
  const { metafile } = await build({ ...page, write: false, metafile: true });
  const { inputs } = metafile;
  const dependent = new Set([PLATFORM]);
  for (const file of dependent) {
    for (const [importer, { imports }] of Object.entries(inputs)) {
      if (imports.some(({ path }) => path === file)) dependent.add(importer);
    }
  }
  const reached = new Set(['web/index.js']);
  for (const file of reached) {
    if (file === PLATFORM) continue;
    for (const { path, external } of inputs[file].imports) if (!external) reached.add(path);
  }
  return [...reached].filter((file) => file.startsWith('web/') && !dependent.has(file)).sort();
}

/**
 * What all entries have in common stands once, in shared.js.
 *
 * @param {string[]} shared
 * @returns {import('esbuild').Plugin}
 */
const separateShared = (shared) => ({
  name: 'separate-shared',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path: module, resolveDir, kind }) => {
      const file = relative(path('.'), join(resolveDir, module));
      const isShared = kind !== 'entry-point' && shared.includes(file);
      return isShared ? { path: './shared.js', external: true } : undefined;
    });
  },
});

/** Types of expressions of which every bundler sees that they do nothing but give a value. */
const PLAIN = ['Literal', 'Identifier', 'ArrowFunctionExpression', 'FunctionExpression', 'ClassExpression'];

/** What bundlers look for by these very letters, where the limit of lines may have parted them. */
const ASSET = /\bnew\s+URL\(\s*(?<path>"[^"]+"),\s*import\.\s*meta\.\s*url\s*\)/g;
const SPECIFIER = /\b(?<before>from|import\(|import|new URL\()\s*(?<path>"(?:\\\n|[^"\\\n])+")/g;

/** @param {string} file */
async function joinSpecifiers(file) {
  const text = (await readFile(file, 'utf8')).replaceAll(ASSET, 'new URL($<path>,import.meta.url)');
  const joined = text.replaceAll(SPECIFIER, (_, before, path) => before + path.replaceAll('\\\n', ''));
  await writeFile(file, joined);
}

/**
 * Shortens the names inside functions, not those of functions and classes themselves, which a stack trace shows: of what
 * is no module, esbuild leaves these as they are.
 *
 * @param {string} file of a module
 */
async function shortenNames(file) {
  const text = (await readFile(file, 'utf8')).replaceAll(/import\.\s*meta\.\s*url/g, 'IMPORT_META_URL');
  const { body } = parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
  let [script, modular, end] = ['', '', 0];
  for (const statement of body.filter(({ type }) => /^(Import|Export)/.test(type))) {
    script += text.slice(end, statement.start);
    ({ end } = statement);
    modular += `${text.slice(statement.start, end)}\n`;
  }
  const { target, lineLimit } = common;
  const { code } = await transform(script + text.slice(end), { minify: true, target, lineLimit });
  await writeFile(file, (modular + code).replaceAll('IMPORT_META_URL', 'import.meta.url'));
}

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
const shared = await findShared();
await build({
  ...page,
  entryPoints: undefined,
  stdin: { contents: shared.map((file) => `export * from './${file}';`).join('\n'), resolveDir: path('.') },
  outdir: undefined,
  outfile: path('dist/shared.js'),
});
await build({
  ...page,
  plugins: [separateShared(shared)],
  entryPoints: { index: path('web/index.js'), analysis: path('web/analysis/analysis.js') },
});
await build({
  ...common,
  platform: 'node',
  plugins: [separateShared(shared), separateLibraries],
  entryPoints: { node: path('web/node.js') },
});
await build({
  ...common,
  platform: 'browser',
  conditions: ['inline'],
  plugins: [separateShared(shared), inlineFiles],
  entryPoints: { inline: path('web/inline.js') },
});
await build(worker);
await build({
  ...common,
  platform: 'node',
  // The command line is a thin program over the library beside it, begun by one that runs on any Node.
  external: ['../node.js', './main.js'],
  entryPoints: { 'cli/edgel3': path('web/cli/edgel3.js'), 'cli/main': path('web/cli/main.js') },
});
await build({
  ...common,
  platform: 'browser',
  minifyIdentifiers: !isMeasured,
  // They print what they return as well.
  drop: ['console'],
  define: withoutHost,
  plugins: [withoutUnused, packOpus],
  entryPoints: DECODERS.map((name) => path(`web/decoders/${name}.js`)),
});
await build({
  ...common,
  platform: 'browser',
  minifyIdentifiers: !isMeasured,
  plugins: [separateMatrices],
  alias: SOURCES,
  entryPoints: LIBRARIES.map((name) => path(`web/${name}.js`)),
});
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
  const entries = ['shared', 'index', 'node', 'inline', 'microphone'];
  for (const script of [...entries, 'cli/main']) await shortenNames(path(`dist/${script}.js`));
  for (const script of entries) await markPure(path(`dist/${script}.js`));
  const files = /** @type {string[]} */ (await readdir(path('dist'), { recursive: true }));
  const scripts = files.filter((file) => file.endsWith('.js') && !CORE.includes(file));
  for (const script of scripts) await joinSpecifiers(path(`dist/${script}`));
}
await copyFile(path('web/edgel3-core.d.ts'), path('dist/edgel3-core.d.ts'));
await cp(path('web/assets'), path('dist/assets'), { recursive: true });
await chmod(path('dist/cli/edgel3.js'), 0o755);
await copyFile(path('models/sea64-sparse69.safetensors'), path('dist/edgel3-model.safetensors'));
