// Builds build/demo/, the page as any web space can host it, from here and from dist/.
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const dist = path('../../dist');
const output = path('../../build/demo');

await mkdir(output, { recursive: true });
await build({
  entryPoints: [path('main.js')],
  outdir: output,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  minify: true,
});
for (const file of ['index.html', 'style.css', 'icon.svg', 'sample.wav']) {
  await copyFile(path(file), `${output}/${file}`);
}
const assets = (await readdir(dist)).filter((name) => /^edgel3.*\.(js|wasm|safetensors)$/.test(name));
for (const name of assets) await copyFile(`${dist}/${name}`, `${output}/${name}`);
