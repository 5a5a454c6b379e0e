/** The whole of `npm run check`, once everything is set up and built: what takes too long for `npm test`. */

import { runChecks } from './run_checks.js';

const build = 'build/native-coverage';
const tests = `${build}/tests/src/edgel3_tests`;

runChecks([
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
    commands: [['valgrind', '--quiet', '--error-exitcode=1', '--leak-check=full', tests, '--gtest_brief']],
  },
]);
