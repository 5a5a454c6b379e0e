/** Runs the C++ tests: GoogleTest's program natively or in Node, and the replay of what the fuzzers found. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { buildPreset } from '../../wasm/cmake.js';
import { reasonIn, shellCommand } from './outcome.js';
import { runProcess } from './process.js';
import { repository } from './source.js';

/** @import { Failure, Outcome } from './outcome.js' */
/** @import { Selection } from './select.js' */

/**
 * @typedef {{ name: string, file: string, line: number, result: string, failures?: { failure: string }[] }} TestResult
 * @typedef {{ testsuites: { name: string, testsuite: TestResult[] }[] }} Results as GoogleTest writes them
 */

/**
 * @param {Selection} selection
 * @returns {Promise<Outcome>}
 */
export async function runCppTests({ part: { cpp: preset = 'native' }, filter }) {
  const isNative = !preset.startsWith('wasm');
  // What the fuzzers found shows under sanitizers best, and costs as much time as all other tests.
  const withFuzzers = preset === 'native-asan';
  await buildPreset(preset, withFuzzers ? [] : ['edgel3_tests']);
  const program = join('build', preset, 'tests/src', isNative ? 'edgel3_tests' : 'edgel3_tests.js');
  const outcome = await runGoogleTest(isNative ? [program] : [...nodeFor(preset), program], filter);
  if (withFuzzers && filter === undefined) await replayFuzzers(preset, outcome);
  return outcome;
}

/** @param {string} preset */
function nodeFor(preset) {
  const hasSwitch = preset === 'wasm-relaxed' && process.version.startsWith('v20.');
  return [process.execPath, ...(hasSwitch ? ['--experimental-wasm-relaxed-simd'] : [])];
}

/**
 * @param {string[]} program
 * @param {string | undefined} filter
 * @returns {Promise<Outcome>}
 */
async function runGoogleTest(program, filter = '*') {
  const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  try {
    const file = join(folder, 'results.json');
    const command = [...program, `--gtest_filter=${filter}`];
    const { status, stdout, output } = await runProcess([...command, `--gtest_output=json:${file}`]);
    const again = (/** @type {string} */ name) => shellCommand([...program, `--gtest_filter=${name}`]);
    /** @type {Outcome} */
    const outcome = { passed: 0, failures: [], skipped: [] };
    for (const { name, file: source, line, result, failures } of readResults(file)) {
      const place = `${relative(repository, source)}:${line} › ${name}`;
      if (failures) outcome.failures.push({ name: place, reason: failures[0].failure, again: again(name) });
      else if (result === 'SKIPPED') outcome.skipped.push({ name: place, reason: skipReason(stdout, name) });
      else outcome.passed++;
    }
    if (status !== 0 && outcome.failures.length === 0) {
      // It did not come to its end: the test that was running is the one that ended it.
      const last = stdout.match(/^\[ RUN +\] (\S+)(?![\s\S]*^\[ RUN)/m)?.[1];
      outcome.failures.push({
        name: last ?? 'all tests',
        reason: reasonIn(output),
        again: last ? again(last) : shellCommand(command),
      });
    }
    return outcome;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} file @returns {TestResult[]} with whole names; none where the program was ended */
function readResults(file) {
  /** @type {Results} */
  let results;
  try {
    results = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
  return results.testsuites.flatMap(({ name: suite, testsuite }) =>
    testsuite.map((test) => ({ ...test, name: `${suite}.${test.name}` })),
  );
}

/** @param {string} output @param {string} name */
function skipReason(output, name) {
  const begin = output.indexOf(`[ RUN      ] ${name}`);
  return output.slice(begin).match(/: Skipped\n(.*)/)?.[1] ?? 'no reason given';
}

/**
 * What the fuzzers' seeds and findings did once, they do as tests.
 *
 * @param {string} preset
 * @param {Outcome} outcome to which theirs is added
 */
async function replayFuzzers(preset, outcome) {
  const command = ['ctest', '--preset', preset, '--tests-regex', '^Fuzz[.]'];
  const { status, stdout, output } = await runProcess(command);
  const results = [...stdout.matchAll(/Test +#\d+: (Fuzz\.\S+) \.*(\**)/g)];
  for (const [, name, stars] of results) {
    if (!stars.includes('*')) outcome.passed++;
    else {
      const again = shellCommand([...command.slice(0, -1), `^${name}$`]);
      outcome.failures.push({ name, reason: reasonIn(output), again });
    }
  }
  if (status !== 0 && !results.some(([, , stars]) => stars.includes('*'))) {
    outcome.failures.push({ name: 'the fuzzers', reason: output.trim(), again: shellCommand(command) });
  }
}
