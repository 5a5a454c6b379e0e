/**
 * Makes the API reference, build/reference/, out of the types in dist/: `npm run docs`. It fails where anything that the
 * package exports has no documentation, so the reference is complete.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @param {string} command @param {string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
if (!existsSync(join(here, 'node_modules/typedoc'))) run('npm', ['ci', '--no-audit', '--no-fund']);
run(join(here, 'node_modules/.bin/typedoc'), []);
