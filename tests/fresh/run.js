/**
 * Runs README's two commands, in either order and each twice, on machines as a newcomer has them:
 * `npm run test:fresh [-- bookworm|trixie] [ARGUMENT...]`, by default for both; further arguments are `npm test`'s.
 * Takes half an hour or more, and 8 GB in build/fresh, where the logs stay.
 */

import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../../wasm/setup/step.js';
import { copyCheckout, makeRoot, runIn } from './root.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(repository, 'build/fresh');

const RELEASES = ['trixie', 'bookworm'];
/** Where the checkout lies in each root. */
const CHECKOUT = '/home/edgel3';

/** @typedef {{ name: string, passed: boolean, seconds: number, log: string }} Result */

/**
 * @param {string} release
 * @param {string[]} commands one after another in one root
 * @param {string} order what they are called in the names of the logs
 * @returns {Result[]} up to the first that failed
 */
function runInOrder(release, commands, order) {
  const root = join(folder, `${release}-${order}`);
  makeRoot(release, root);
  copyCheckout(repository, join(root, CHECKOUT));
  /** @type {Result[]} */
  const results = [];
  for (const [index, command] of commands.entries()) {
    const log = join(folder, `${release}-${order}-${index + 1}.log`);
    const begin = performance.now();
    const passed = runIn(root, CHECKOUT, command, log);
    const seconds = Math.round((performance.now() - begin) / 1000);
    const name = `${release}, ${order}, ${index + 1}: ${command}`;
    const time = `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    console.log(`${passed ? 'passed' : 'FAILED'} ${time.padStart(12)}  ${name}`);
    results.push({ name, passed, seconds, log });
    if (!passed) break;
  }
  rmSync(root, { recursive: true });
  return results;
}

try {
  const [first, ...rest] = process.argv.slice(2);
  const isNamed = first !== undefined && !first.startsWith('-');
  if (isNamed && !RELEASES.includes(first)) {
    throw new SetupError(
      `'${first}' is no release that is tested; say ${RELEASES.join(' or ')}, or nothing for both.`,
    );
  }
  const test = ['npm test', (isNamed ? rest : process.argv.slice(2)).join(' ')].filter(Boolean).join(' -- ');
  mkdirSync(folder, { recursive: true });
  const results = (isNamed ? [first] : RELEASES).flatMap((release) => [
    ...runInOrder(release, ['npm start', test, 'npm start', test], 'start-first'),
    ...runInOrder(release, [test, 'npm start', test, 'npm start'], 'test-first'),
  ]);
  const failed = results.filter(({ passed }) => !passed);
  for (const { name, log } of failed) {
    console.log(`\n${name}\n${readFileSync(log, 'utf8').trimEnd().split('\n').slice(-40).join('\n')}`);
    console.log(`all of it: ${log}`);
  }
  console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
