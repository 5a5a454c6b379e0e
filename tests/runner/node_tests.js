/** Runs tests by Node's test runner. */

import { dirname, relative } from 'node:path';
import { ensureNode } from '../../wasm/setup/node_versions.js';
import { shellCommand, sum } from './outcome.js';
import { runProcess } from './process.js';
import { repository } from './source.js';

/** @import { Outcome } from './outcome.js' */
/** @import { Report } from './reporter.js' */
/** @import { Selection } from './select.js' */

/** Milliseconds, half an hour, after which a file of tests has failed: none takes nearly as long, on a busy machine either. */
const HANGS_AFTER = 1_800_000;

/** How Node 20 reports what nobody asked for; later versions do not. */
const LEFT_OUT = /^test name does not match pattern/;

/**
 * @param {Selection} selection
 * @returns {Promise<Outcome>}
 */
export async function runNodeTests({ part, files, someOf, words }) {
  const outcomes = [];
  if (files.length > 0) outcomes.push(await runFiles(part, files, []));
  if (someOf.length > 0) {
    const patterns = words.map((word) => `--test-name-pattern=/${escapePattern(word)}/i`);
    outcomes.push(await runFiles(part, someOf, patterns));
  }
  return sum(outcomes);
}

/**
 * How the tests of a part are run: Node with its options, and what is added to the environment.
 *
 * @param {Selection['part']} part
 */
function hostOf({ build = 'relaxed', node, env = {} }) {
  const program = node ? ensureNode(node) : process.execPath;
  const version = node ?? process.versions.node;
  const options = [
    `--import=./${relative(repository, new URL('build_by_name.js', import.meta.url).pathname)}`,
  ];
  // Node 20 knows relaxed SIMD but has it switched off; later versions have it on and know no switch.
  if (build === 'relaxed' && version.startsWith('20.')) options.push('--experimental-wasm-relaxed-simd');
  return {
    program,
    options,
    env: {
      EDGEL3_TEST_BUILD: build,
      ...env,
      ...(node ? { PATH: `${dirname(program)}:${process.env.PATH}` } : {}),
    },
  };
}

/**
 * @param {Selection['part']} part
 * @param {string[]} files
 * @param {string[]} patterns options that leave out tests
 * @returns {Promise<Outcome>}
 */
async function runFiles(part, files, patterns) {
  const { program, options, env } = hostOf(part);
  /** @type {Report[]} */
  const reports = [];
  /** @type {string[]} what is no report */
  const others = [];
  const { status, output } = await runProcess(
    [
      ...[program, ...options, '--test', `--test-reporter=${new URL('reporter.js', import.meta.url)}`],
      ...[`--test-concurrency=${part.atOnce ?? 2}`, `--test-timeout=${HANGS_AFTER}`, ...patterns, ...files],
    ],
    {
      env,
      onLine: (line) => (line.startsWith('{"outcome"') ? reports.push(JSON.parse(line)) : others.push(line)),
    },
  );
  const tests = reports.filter(({ isSuite, outcome }) => !isSuite || outcome !== 'passed');
  const again = (/** @type {Report} */ report) => {
    const own = relative(repository, report.file);
    const pattern = `--test-name-pattern=^${escapePattern(toSelect(report, reports))}$`;
    const run = files.includes(own) ? [pattern, own] : [pattern, ...files];
    return shellCommand(
      [
        relative(process.cwd(), program) && program,
        ...options,
        '--test',
        ...(report.path[0] === report.file ? [own] : run),
      ],
      env,
    );
  };
  const failures = tests
    .filter(({ outcome }) => outcome === 'failed')
    .map((report) => ({
      name: nameOf(report),
      reason: String(report.reason),
      again: again(report),
    }));
  if (status !== 0 && failures.length === 0) {
    const command = shellCommand([program, ...options, '--test', ...files], env);
    failures.push({ name: part.name, reason: `${others.join('\n')}${output}`.slice(-4000), again: command });
  }
  return {
    passed: tests.filter(({ outcome }) => outcome === 'passed').length,
    failures,
    skipped: tests
      .filter(({ outcome, reason }) => outcome === 'skipped' && !LEFT_OUT.test(String(reason)))
      .map((report) => ({ name: nameOf(report), reason: String(report.reason) })),
  };
}

/** @param {Report} report */
const nameOf = ({ file, line, path }) =>
  path[0] === file
    ? relative(repository, file)
    : `${relative(repository, file)}:${line} › ${path.join(' › ')}`;

/**
 * The name that selects a test: its own, or that of the outermost test that it is in. Suites are entered anyway.
 *
 * @param {Report} report
 * @param {Report[]} reports
 */
function toSelect({ file, path }, reports) {
  const outermost = path.findIndex((_, depth) => {
    const outer = reports.find(
      (other) =>
        other.file === file &&
        other.path.length === depth + 1 &&
        other.path.every((name, index) => name === path[index]),
    );
    return !outer?.isSuite;
  });
  return path.at(outermost) ?? '';
}

/** @param {string} text */
const escapePattern = (text) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
