/**
 * Fuzzes: `npm run fuzz -- [--minutes N] [TARGET...]` builds the native targets and runs all targets, or those named,
 * one after another, N minutes (default 10) in all. A native target is a file tests/fuzz/native/NAME_fuzz.cc, run by
 * libFuzzer, which keeps what it learns in build/fuzz-corpus; a target in JavaScript is a file
 * tests/fuzz/web/NAME.fuzz.js. A finding is written to build/fuzz-findings; once it is fixed it belongs beside the
 * target's seeds, which the tests replay.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const findings = join(repository, 'build/fuzz-findings/');

/** @typedef {{ kind: 'native' | 'web', name: string, run: (milliseconds: number) => Promise<number> }} Target `run`
 *    returns the number of executions, and rejects on a finding. */

/** The names before `ending` of the files in tests/fuzz/`folder`. */
function namesIn(/** @type {string} */ folder, /** @type {string} */ ending) {
  return readdirSync(join(repository, 'tests/fuzz', folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
}

function runCommand(/** @type {string} */ command, /** @type {string[]} */ ...args) {
  const { status, error } = spawnSync(command, args, { cwd: repository, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed.`);
}

/** @returns {Target} */
function nativeTarget(/** @type {string} */ name) {
  const seeds = join(repository, 'tests/fuzz/native/seeds', name);
  const dictionary = join(repository, 'tests/fuzz/native', `${name}.dict`);
  const corpus = join(repository, 'build/fuzz-corpus', name);
  const run = async (/** @type {number} */ milliseconds) => {
    mkdirSync(corpus, { recursive: true });
    const { status, stderr, error } = spawnSync(
      join(repository, 'build/fuzz/tests/fuzz/native', `${name}_fuzz`),
      [
        ...['-verbosity=0', '-print_final_stats=1', '-max_len=1024', '-timeout=10'],
        `-max_total_time=${Math.ceil(milliseconds / 1000)}`,
        `-artifact_prefix=${findings}${name}-`,
        ...(existsSync(dictionary) ? [`-dict=${dictionary}`] : []),
        ...[corpus, seeds],
      ],
      { encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    if (error) throw error;
    if (status !== 0) throw new Error(stderr);
    return Number(/number_of_executed_units: *(\d+)/.exec(stderr)?.[1]);
  };
  return { kind: 'native', name, run };
}

/** @returns {Target} */
function webTarget(/** @type {string} */ name) {
  const run = async (/** @type {number} */ milliseconds) => {
    const { runTarget } = await import('./web/run_target.js');
    return runTarget(name, milliseconds);
  };
  return { kind: 'web', name, run };
}

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string', default: '10' } },
  allowPositionals: true,
});
const all = [
  ...namesIn('native', '_fuzz.cc').map(nativeTarget),
  ...namesIn('web', '.fuzz.js').map(webTarget),
];
const unknown = positionals.find((name) => !all.some((target) => target.name === name));
if (unknown !== undefined || !(Number(values.minutes) > 0)) {
  console.error(
    `usage: npm run fuzz -- [--minutes N] [TARGET...], with targets out of: ${all.map(({ name }) => name).join(' ')}`,
  );
  process.exit(2);
}
const targets = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));

mkdirSync(findings, { recursive: true });
if (targets.some(({ kind }) => kind === 'native')) {
  runCommand('cmake', '--preset', 'fuzz');
  runCommand('cmake', '--build', '--preset', 'fuzz');
}
for (const { kind, name, run } of targets) {
  try {
    const executions = await run((Number(values.minutes) * 60_000) / targets.length);
    console.log(`${kind} ${name}: ${executions} executions without a finding`);
  } catch (error) {
    console.error(`${kind} ${name}: FINDING`, error);
    process.exitCode = 1;
  }
}
