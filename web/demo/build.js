// Builds build/demo/, the page as any web space can host it, from here and from dist/.
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const dist = path('../../dist');
const output = path('../../build/demo');

const PAGE = ['index.html', 'icon.svg', 'sample.wav'];

/** What is bundled of many files. */
const BUNDLES = ['main.js', 'offline.js', 'style.css'];

/** Of the library, what its script asks for. */
const assets = (await readdir(dist, { recursive: true })).filter((name) =>
  /^(edgel3.*\.(js|wasm|safetensors)|decoders.*\.js)$/.test(name),
);

/** @type {import('esbuild').Plugin} */
const separateDecoders = {
  name: 'separate-decoders',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/decoders\// }, (decoder) => ({ path: decoder.path, external: true }));
  },
};

await rm(output, { recursive: true, force: true });
await mkdir(`${output}/decoders`, { recursive: true });
await build({
  entryPoints: BUNDLES.map(path),
  outdir: output,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  minify: true,
  plugins: [separateDecoders],
  define: { BUILT_FILES: JSON.stringify(['main.js', 'style.css', ...PAGE, ...assets]) },
});
for (const file of PAGE) await copyFile(path(file), `${output}/${file}`);
await copyFile(path('../../NOTICE'), `${output}/NOTICE.txt`);
for (const name of assets) await copyFile(`${dist}/${name}`, `${output}/${name}`);
