/** Runs the programs of the set-up's steps and reports how they fail. */

import { spawnSync } from 'node:child_process';

/** A step that cannot work here. The message is one sentence that says what to do by hand. */
export class SetupError extends Error {}

/** Says what a step is about to do; a set-up with nothing to do stays silent. */
export function announce(/** @type {string} */ what) {
  console.log(`Set-up: ${what} …`);
}

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ advice: string, cwd?: string }} options `advice`: the sentence for the user when the program fails;
 *   the end of what the program printed is shown before it
 * @returns {string}
 */
export function run(command, args, { advice, cwd }) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (result.status !== 0) {
    const output = result.error ? result.error.message : `${result.stdout}${result.stderr}`;
    console.error(output.trimEnd().split('\n').slice(-10).join('\n'));
    throw new SetupError(advice);
  }
  return result.stdout;
}
