/** The whole of `npm run check`, once everything is set up and built: what takes too long for `npm test`. */

import { fileURLToPath } from 'node:url';
import { runChecks } from './run_checks.js';
import { testFiles } from './test_files.js';

/**
 * Pages are not looked into: what only they run is in the files that this coverage shows as small or not at all. Nor is
 * the heap measured, in which V8 keeps its counts.
 */
const inNode = ['web', 'fuzz', 'models/evaluate']
  .flatMap(testFiles)
  .filter((file) => !file.includes('/browser/') && !file.endsWith('/leaks.test.js'));
const counts = fileURLToPath(new URL('../build/web-coverage', import.meta.url));

const build = 'build/native-coverage';
const tests = `${build}/tests/src/edgel3_tests`;

runChecks([
  { name: 'npm: known vulnerabilities', commands: [['node', 'tests/audit.js']] },
  {
    name: 'JavaScript: coverage of web/ by the tests in Node',
    env: { NODE_V8_COVERAGE: counts },
    commands: [
      ['rm', '-rf', counts],
      ['node', 'web/build.js', '--source-maps'],
      ['node', '--test', '--test-concurrency=2', ...inNode],
      ['node', 'tests/coverage.js', counts],
    ],
  },
  { name: 'The package again as it is published', commands: [['npm', 'run', '--silent', 'build']] },
  {
    name: 'C++: coverage of src/ by the unit tests',
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
]);
