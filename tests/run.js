/** The whole of `npm test`, once everything is set up and built. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChecks } from './run_checks.js';
import { testFiles } from './test_files.js';

const repository = fileURLToPath(new URL('..', import.meta.url));
const tool = (/** @type {string} */ name) => join(repository, 'node_modules/.bin', name);

const nodeTest = [process.execPath, '--test', '--test-reporter=spec'];
// Node 20 knows relaxed SIMD but has it switched off; later versions have it on and know no switch.
const relaxedSimd = process.version.startsWith('v20.') ? ['--experimental-wasm-relaxed-simd'] : [];
/** Starting processes and waiting for them is half of what these tests do. */
const twoAtOnce = '--test-concurrency=2';

/** What checks the numbers that the module computes: once for each of its builds. */
const ofNumbers = [...['golden', 'web/embedding', 'web/engine', 'web/whole'].flatMap(testFiles)];

/** Everything else that needs no browser: readers of files, the command line, workers, memory. */
const ofTheRest = ['web', 'benchmarks', 'fuzz', 'models', 'reference']
  .flatMap(testFiles)
  .filter((file) => !file.includes('/browser/') && !ofNumbers.includes(file));

runChecks([
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
    name: 'C++: build and unit tests, under sanitizers',
    commands: [
      ['cmake', '--preset', 'native-asan'],
      ['cmake', '--build', '--preset', 'native-asan'],
      ['ctest', '--preset', 'native-asan'],
    ],
  },
  {
    name: 'C++: clang-tidy',
    commands: ['native-asan', 'wasm-relaxed'].map((preset) => [
      'cmake',
      '--build',
      '--preset',
      preset,
      '--target',
      'lint',
    ]),
  },
  { name: 'Node, baseline SIMD: numbers', commands: [[...nodeTest, twoAtOnce, ...ofNumbers]] },
  {
    name: 'Node, relaxed SIMD: numbers',
    commands: [[...nodeTest, ...relaxedSimd, twoAtOnce, ...ofNumbers]],
  },
  { name: 'Node: everything else', commands: [[...nodeTest, ...relaxedSimd, twoAtOnce, ...ofTheRest]] },
  // One at a time: live sound has gaps where the machine is busy.
  { name: 'Browsers', commands: [[...nodeTest, ...relaxedSimd, ...testFiles('web/browser')]] },
  { name: 'The packed tarball', commands: [[...nodeTest, ...testFiles('package')]] },
]);
