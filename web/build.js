// Builds dist/, the package as it is published, from web/. wasm/build.js has put the core there before.
import { chmod, copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, root));

/** Every published file keeps its name: these stay imports of one another instead of being bundled into each. */
const SIBLINGS = ['./edgel3-core.js', '../node.js'];

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minifySyntax: true,
  minifyWhitespace: true,
  external: SIBLINGS,
  outbase: path('web'),
  outdir: path('dist'),
};

await build({ ...common, platform: 'browser', entryPoints: [path('web/index.js')] });
await build({ ...common, platform: 'node', entryPoints: [path('web/node.js'), path('web/cli/edgel3.js')] });
await copyFile(path('web/edgel3-core.d.ts'), path('dist/edgel3-core.d.ts'));
await chmod(path('dist/cli/edgel3.js'), 0o755);
await copyFile(path('models/sea64-sparse90.safetensors'), path('dist/edgel3-model.safetensors'));
