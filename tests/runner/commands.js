/** Runs the commands of a part, each of which needs the ones before it to succeed. */

import { reasonIn, shellCommand } from './outcome.js';
import { runProcess } from './process.js';

/**
 * @param {import('./select.js').Selection} selection
 * @returns {Promise<import('./outcome.js').Outcome>} the part counts as one test
 */
export async function runCommands({ part: { name, commands = [], prints, env } }) {
  for (const command of commands) {
    const { status, output } = await runProcess(command, { env, onLine: prints ? console.log : undefined });
    if (status !== 0) {
      const again = shellCommand(command, env);
      return { passed: 0, failures: [{ name, reason: reasonIn(output), again }], skipped: [] };
    }
  }
  return { passed: 1, failures: [], skipped: [] };
}
