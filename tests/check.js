/** The whole of `npm run check`: what tells something that passing tests do not, and takes longer than they do. */

import { fileURLToPath } from 'node:url';
import { runParts } from './runner/run_parts.js';
import { testFiles } from './runner/source.js';

/**
 * Pages are not looked into: what only they run is in the files that this coverage shows as small or not at all. Nor is
 * the heap measured, in which V8 keeps its counts.
 */
const inNode = ['tests/web', 'tests/fuzz', 'tests/models/evaluate']
  .flatMap((folder) => testFiles('.test.js', folder))
  .filter((file) => !file.includes('/browser/') && !file.endsWith('/leaks.test.js'));
const counts = fileURLToPath(new URL('../build/web-coverage', import.meta.url));

const build = 'build/native-coverage';
const tests = `${build}/tests/src/edgel3_tests`;

/** @type {import('./parts.js').Part[]} */
const parts = [
  { name: 'npm: known vulnerabilities', quick: false, prints: true, commands: [['node', 'tests/audit.js']] },
  {
    name: 'JavaScript: coverage of web/ by the tests in Node',
    quick: false,
    prints: true,
    env: { NODE_V8_COVERAGE: counts },
    commands: [
      ['rm', '-rf', counts],
      ['node', 'web/build.js', '--source-maps'],
      ['node', '--test', '--test-reporter=dot', '--test-concurrency=2', ...inNode],
      ['node', 'tests/coverage.js', counts],
    ],
  },
  {
    name: 'The package again as it is published',
    quick: false,
    commands: [['npm', 'run', '--silent', 'build']],
  },
  {
    name: 'C++: coverage of src/ by the unit tests',
    quick: false,
    prints: true,
    env: { LLVM_PROFILE_FILE: `${build}/tests.profraw` },
    commands: [
      ['cmake', '--preset', 'native-coverage'],
      ['cmake', '--build', '--preset', 'native-coverage'],
      [tests, '--gtest_brief'],
      ['llvm-profdata-19', 'merge', `${build}/tests.profraw`, '-o', `${build}/tests.profdata`],
      [
        ...['llvm-cov-19', 'report', tests, `-instr-profile=${build}/tests.profdata`],
        ...['-show-region-summary=false', 'src'],
      ],
    ],
  },
  {
    name: 'C++: unit tests under valgrind',
    quick: false,
    env: { LLVM_PROFILE_FILE: `${build}/valgrind.profraw` },
    commands: [
      // Debian 12's valgrind does not read what clang 19 writes for debuggers.
      ['llvm-strip-19', '--strip-debug', '-o', `${build}/stripped_tests`, tests],
      [
        ...['valgrind', '--quiet', '--error-exitcode=1', '--leak-check=full'],
        ...[`${build}/stripped_tests`, '--gtest_brief'],
      ],
    ],
  },
];

await runParts(parts.map((part) => ({ part, files: [], someOf: [], words: [], filter: undefined })));
