/** Runs a list of checks in their turn, all of them even if one fails, and says at the end which ones did. */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('..', import.meta.url));

/** @typedef {{ name: string, commands: string[][], env?: Record<string, string> }} Check commands of which each needs
 *    the ones before it to succeed; `env` is added to the environment */

/** @param {Check[]} checks */
export function runChecks(checks) {
  const results = checks.map(({ name, commands, env }) => {
    console.log(`\n=== ${name}`);
    const begin = performance.now();
    const passed = commands.every(([command, ...args]) => {
      const { status, error } = spawnSync(command, args, {
        cwd: repository,
        stdio: 'inherit',
        env: { ...process.env, ...env },
      });
      if (error) console.error(error.message);
      return status === 0;
    });
    return { name, passed, seconds: (performance.now() - begin) / 1000 };
  });

  console.log('\n=== Summary');
  for (const { name, passed, seconds } of results) {
    console.log(`${passed ? 'passed' : 'FAILED'} ${seconds.toFixed(1).padStart(6)} s  ${name}`);
  }
  if (results.some(({ passed }) => !passed)) process.exitCode = 1;
}
