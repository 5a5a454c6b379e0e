/**
 * Makes the API reference, build/reference/, out of the types in dist/: `npm run docs`. It fails where anything that the
 * package exports has no documentation, so the reference is complete.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = join(here, '../..');
const types = join(repository, 'build/reference-types');

// JavaScript has no way to hand on a type but to give it another name; documentation stands at the first name only. So the
// reference reads `export type A = import('./b.js').A` as `export type { A } from './b.js'`, which means the same.
rmSync(types, { recursive: true, force: true });
cpSync(join(repository, 'dist'), types, {
  recursive: true,
  filter: (path) => !/\.(js|wasm|safetensors)$/.test(path),
});
for (const name of readdirSync(types).filter((file) => file.endsWith('.d.ts'))) {
  const path = join(types, name);
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replaceAll(/^export type (\w+) = import\(('[^']+')\)\.\1;$/gm, 'export type { $1 } from $2;'),
  );
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
if (!existsSync(join(here, 'node_modules/typedoc'))) run('npm', ['ci', '--no-audit', '--no-fund']);
run(join(here, 'node_modules/.bin/typedoc'), []);
