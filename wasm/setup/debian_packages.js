/** Programs and files that come from Debian's packages. Elsewhere the same programs serve, wherever they are from. */

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { announce, run, SetupError } from './step.js';

/** Whether a program is on PATH. */
export function onPath(/** @type {string} */ program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const isThere = (/** @type {string} */ thing) => (isAbsolute(thing) ? existsSync(thing) : onPath(thing));

/**
 * Installs the packages whose programs or files are missing.
 *
 * @param {Record<string, string>} things from package to what shows that it is there: a program on PATH or an
 *   absolute path
 */
export function ensurePackages(things) {
  const packages = Object.keys(things).filter((name) => !isThere(things[name]));
  if (packages.length === 0) return;

  const byHand = `Install these Debian packages (or what is in them) by hand and start again: ${packages.join(' ')}.`;
  if (!onPath('apt-get')) throw new SetupError(byHand);
  announce(`installing ${packages.join(' ')}`);
  // flock: two set-ups at once must not meet at apt's own lock, at which "update" gives up without waiting.
  const apt = ['flock', '/var/lib/apt', 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  const [command, ...prefix] = process.getuid?.() === 0 ? apt : ['sudo', '-n', ...apt];
  run(command, [...prefix, 'update'], { advice: byHand });
  run(command, [...prefix, 'install', '--yes', '--no-install-recommends', ...packages], { advice: byHand });
}
