/**
 * The whole of `npm test`, once everything is set up and built: every check in its turn, all of them even if one fails,
 * and at the end which ones did.
 */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));
const tool = (/** @type {string} */ name) => join(repository, 'node_modules/.bin', name);

/** The files of node:test in a folder below tests/. */
function testFiles(/** @type {string} */ folder) {
  const files = /** @type {string[]} */ (readdirSync(join(repository, 'tests', folder), { recursive: true }));
  return files.filter((file) => file.endsWith('.test.js')).map((file) => join('tests', folder, file));
}

const nodeTest = [process.execPath, '--test', '--test-reporter=spec'];
// Node 20 knows relaxed SIMD but has it switched off; later versions have it on and know no switch.
const relaxedSimd = process.version.startsWith('v20.') ? ['--experimental-wasm-relaxed-simd'] : [];
const inNode = ['web', 'models/evaluate', 'golden', 'benchmarks', 'fuzz']
  .flatMap(testFiles)
  .filter((file) => !file.includes('/browser/'));

/** @type {{ name: string, commands: string[][] }[]} */
const checks = [
  { name: 'JavaScript: format and rules', commands: [[tool('biome'), 'check']] },
  { name: 'JavaScript: types', commands: [[tool('tsc')]] },
  {
    name: 'C++: format',
    commands: [
      [
        'sh',
        '-c',
        "find src wasm tests -name '*.cc' -o -name '*.h' | xargs clang-format-19 --dry-run -Werror",
      ],
    ],
  },
  {
    name: 'C++: build and unit tests',
    commands: [
      ['cmake', '--preset', 'native'],
      ['cmake', '--build', '--preset', 'native'],
      ['ctest', '--preset', 'native'],
    ],
  },
  {
    name: 'C++: clang-tidy',
    commands: ['native', 'wasm-relaxed'].map((preset) => [
      'cmake',
      '--build',
      '--preset',
      preset,
      '--target',
      'lint',
    ]),
  },
  { name: 'Node, baseline SIMD', commands: [[...nodeTest, ...inNode]] },
  {
    name: 'Node and browsers, relaxed SIMD',
    commands: [
      [
        ...nodeTest,
        ...relaxedSimd,
        ...inNode,
        ...['reference', 'models/train', 'web/browser'].flatMap(testFiles),
      ],
    ],
  },
  { name: 'The packed tarball', commands: [[...nodeTest, ...testFiles('package')]] },
];

const results = checks.map(({ name, commands }) => {
  console.log(`\n=== ${name}`);
  const begin = performance.now();
  const passed = commands.every(([command, ...args]) => {
    const { status, error } = spawnSync(command, args, { cwd: repository, stdio: 'inherit' });
    if (error) console.error(error.message);
    return status === 0;
  });
  return { name, passed, seconds: (performance.now() - begin) / 1000 };
});

console.log('\n=== Summary');
for (const { name, passed, seconds } of results) {
  console.log(`${passed ? 'passed' : 'FAILED'} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
}
if (results.some(({ passed }) => !passed)) process.exitCode = 1;
