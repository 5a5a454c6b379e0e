/** Runs parts of the tests in their turn, all of them even if one fails, and says at the end what came out. */

import { buildPreset } from '../../wasm/cmake.js';
import { runCommands } from './commands.js';
import { runCppTests } from './cpp_tests.js';
import { runNodeTests } from './node_tests.js';
import { reasonIn, sum } from './outcome.js';

/** @import { Outcome } from './outcome.js' */
/** @import { Selection } from './select.js' */
/** @typedef {{ name: string, seconds: number, outcome: Outcome }} Result */

/** Lines of a failure that are shown: an assertion's difference, not a whole file. */
const MOST_LINES = 25;

/** @param {Selection[]} selections */
export async function runParts(selections) {
  /** @type {Result[]} */
  const results = [];
  for (const selection of selections) {
    const { name } = selection.part;
    const begin = performance.now();
    const outcome = orNothing(await run(selection), name);
    const result = { name, seconds: (performance.now() - begin) / 1000, outcome };
    results.push(result);
    console.log(describe(result));
    if (outcome.failures.length > 0) console.log(`\n${explain(outcome)}\n`);
  }

  const { passed, failures, skipped } = sum(results.map(({ outcome }) => outcome));
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  console.log(`\n${results.length} parts in ${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`);
  for (const result of results.filter(({ outcome }) => outcome.skipped.length > 0)) {
    console.log(`\nskipped in ${result.name}:\n${explainSkips(result.outcome)}`);
  }
  for (const result of results.filter(({ outcome }) => outcome.failures.length > 0)) {
    console.log(`\n${describe(result)}\n${explain(result.outcome)}`);
  }
  console.log(`\n${passed} passed, ${failures.length} failed, ${skipped.length} skipped`);
  if (failures.length > 0) process.exitCode = 1;
}

/** @param {Selection} selection @returns {Promise<Outcome>} */
async function run(selection) {
  const { name, cpp, tests, programs = [] } = selection.part;
  try {
    for (const { preset, target } of programs) await buildPreset(preset, [target]);
    if (cpp) return await runCppTests(selection);
    return await (tests ? runNodeTests(selection) : runCommands(selection));
  } catch (error) {
    const reason = reasonIn(/** @type {Error} */ (error).message);
    return { passed: 0, failures: [{ name, reason, again: `npm test -- '${name}'` }], skipped: [] };
  }
}

/**
 * That no test ran is a failure.
 *
 * @param {Outcome} outcome
 * @param {string} name of the part
 * @returns {Outcome}
 */
function orNothing(outcome, name) {
  const { passed, failures, skipped } = outcome;
  if (passed + failures.length + skipped.length > 0) return outcome;
  return { ...outcome, failures: [{ name, reason: 'No test ran.', again: `npm test -- '${name}'` }] };
}

/** @param {Result} result */
function describe({ name, seconds, outcome: { passed, failures, skipped } }) {
  const counts = [
    `${passed} passed`,
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
  ];
  const verdict = failures.length > 0 ? 'FAILED' : 'passed';
  return `${verdict} ${seconds.toFixed(1).padStart(6)} s  ${name} (${counts.join(', ')})`;
}

/** The first failure with its reason, the others by name. @param {Outcome} outcome */
function explain({ failures: [first, ...others] }) {
  const lines = first.reason.split('\n');
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '…'] : lines;
  return [
    first.name,
    ...shown.map((line) => `    ${line}`),
    `  again: ${first.again}`,
    ...others.flatMap(({ name, again }) => [name, `  again: ${again}`]),
  ].join('\n');
}

/** @param {Outcome} outcome */
function explainSkips({ skipped }) {
  /** @type {Map<string, string[]>} */
  const names = new Map();
  for (const { name, reason } of skipped) names.set(reason, [...(names.get(reason) ?? []), name]);
  return [...names].map(([reason, names]) => `  ${reason}:\n    ${names.join('\n    ')}`).join('\n');
}
