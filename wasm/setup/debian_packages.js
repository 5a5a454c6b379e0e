/** Programs and files that come from Debian's packages. Elsewhere the same programs serve, wherever they are from. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { announce, run, SetupError } from './step.js';

/** Where there is no network, apt-get says so within a minute instead of trying for several. */
export const APT_PATIENCE = ['Retries=1', 'http::Timeout=20', 'https::Timeout=20'].map(
  (it) => `-oAcquire::${it}`,
);

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

/** What an interrupted installation left half done, in dpkg's words; nothing where there is no dpkg. */
const halfDone = () => (onPath('dpkg') ? spawnSync('dpkg', ['--audit'], { encoding: 'utf8' }).stdout : '');

/**
 * Installs the packages whose programs or files are missing, and finishes an installation that was interrupted.
 *
 * @param {Record<string, string>} things from package to what shows that it is there: a program on PATH or an
 *   absolute path
 */
export function ensurePackages(things) {
  const left = halfDone();
  const isHalfDone = (/** @type {string} */ name) =>
    left.split('\n').some((line) => line.startsWith(` ${name} `));
  const packages = Object.keys(things).filter((name) => !isThere(things[name]) || isHalfDone(name));
  if (packages.length === 0) return;

  const byHand = `Install these Debian packages (or what is in them) by hand and start again: ${packages.join(' ')}.`;
  if (!onPath('apt-get')) throw new SetupError(byHand);
  announce(`installing ${packages.join(' ')}`);
  // flock: two set-ups at once must not meet at apt's own lock, at which "update" gives up without waiting.
  const asRoot = ['flock', '/var/lib/apt', 'env', 'DEBIAN_FRONTEND=noninteractive'];
  const [command, ...prefix] = process.getuid?.() === 0 ? asRoot : ['sudo', '-n', ...asRoot];
  const apt = (/** @type {string[]} */ ...args) => run(command, [...prefix, ...args], { advice: byHand });
  if (left) {
    apt('dpkg', '--configure', '--pending');
    apt('apt-get', ...APT_PATIENCE, 'install', '--yes', '--fix-broken');
  }
  apt('apt-get', ...APT_PATIENCE, 'update');
  apt('apt-get', ...APT_PATIENCE, 'install', '--yes', '--no-install-recommends', ...packages);
}
