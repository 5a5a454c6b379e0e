/** The whole of `npm run check`, once everything is set up and built: what takes too long for `npm test`. */

import { runChecks } from './run_checks.js';

/** Configures and builds a CMake preset. */
const build = (/** @type {string} */ preset) => [
  ['cmake', '--preset', preset],
  ['cmake', '--build', '--preset', preset],
];

const coverage = 'build/native-coverage';

runChecks([
  {
    name: 'C++: unit tests under valgrind',
    commands: [
      ...build('native'),
      [
        ...['valgrind', '--quiet', '--error-exitcode=1', '--leak-check=full'],
        'build/native/tests/src/edgel3_tests',
      ],
    ],
  },
  {
    name: 'C++: coverage of src/ by the unit tests',
    env: { LLVM_PROFILE_FILE: `${coverage}/tests.profraw` },
    commands: [
      ...build('native-coverage'),
      [`${coverage}/tests/src/edgel3_tests`, '--gtest_brief'],
      ['llvm-profdata-19', 'merge', `${coverage}/tests.profraw`, '-o', `${coverage}/tests.profdata`],
      [
        ...['llvm-cov-19', 'report', `${coverage}/tests/src/edgel3_tests`],
        ...[`-instr-profile=${coverage}/tests.profdata`, '-show-region-summary=false', 'src'],
      ],
    ],
  },
]);
