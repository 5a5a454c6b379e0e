/** The whole of `npm run bench`, once the package is built: builds the benchmark's own module and starts bench.js. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Older ones have relaxed SIMD switched off. */
const OLDEST_NODE = 22;
/** What runs the benchmark where Node is older; npm fetches it once. */
const NODE_PACKAGE = 'node@24.21.0';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const bench = [fileURLToPath(new URL('bench.js', import.meta.url)), ...process.argv.slice(2)];
const isOldNode = Number.parseInt(process.versions.node, 10) < OLDEST_NODE;

const build = spawnSync('cmake', ['--build', '--preset', 'wasm-relaxed', '--target', 'edgel3_benchmarks'], {
  cwd: repository,
  encoding: 'utf8',
});
if (build.status !== 0) {
  console.error(build.error?.message ?? `${build.stdout}${build.stderr}`);
  process.exit(1);
}
const [command, ...args] = isOldNode
  ? ['npm', 'exec', '--yes', `--package=${NODE_PACKAGE}`, '--', 'node', ...bench]
  : [process.execPath, ...bench];
const { status, error } = spawnSync(command, args, { cwd: repository, stdio: 'inherit' });
if (error) console.error(error.message);
process.exitCode = status ?? 1;
