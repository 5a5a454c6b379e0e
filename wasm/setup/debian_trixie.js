/**
 * Debian 13 ("trixie") as a source of packages on any Debian, without touching the system: apt works on a private
 * state whose only source is suite trixie of the mirror this machine uses anyway, and checks Debian's signatures.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APT_PATIENCE, onPath } from './debian_packages.js';
import { run, SetupError } from './step.js';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** The main release number of the Debian this runs on, Infinity for testing and unstable; undefined elsewhere. */
export function debianRelease() {
  if (!onPath('apt-get')) return undefined;
  const osRelease = readFileSync('/etc/os-release', 'utf8');
  if (!/^ID=debian$/m.test(osRelease)) return undefined;
  return Number(osRelease.match(/^VERSION_ID="?(\d+)/m)?.[1] ?? Infinity);
}

/**
 * @param {string} advice the sentence for the user where there is none
 * @returns {string} address of the Debian mirror in this machine's apt configuration
 */
export function mirror(advice) {
  const format = '$(CREATED_BY) $(COMPONENT) $(ORIGIN) $(REPO_URI)';
  const main = run('apt-get', ['indextargets', '--format', format], { advice })
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([createdBy, component]) => createdBy === 'Packages' && component === 'main');
  const target = main.find(([, , origin]) => origin === 'Debian');
  if (!target) throw new SetupError(advice);
  return target[3];
}

/** @type {string[] | undefined} options of apt-get, once its private state is made */
let privateState;

/** Makes the private state, which lasts as long as this process. */
function makePrivateState(/** @type {string} */ advice) {
  const state = mkdtempSync(join(tmpdir(), 'edgel3-apt-'));
  process.once('exit', () => rmSync(state, { recursive: true }));
  mkdirSync(join(state, 'lists/partial'), { recursive: true });
  mkdirSync(join(state, 'archives/partial'), { recursive: true });
  const source = `[signed-by=${KEYRING}] ${mirror(advice)} trixie main\n`;
  writeFileSync(join(state, 'sources.list'), `deb ${source}deb-src ${source}`);
  const options = [
    ['Dir::State', state],
    ['Dir::Cache', state],
    ['Dir::Etc::sourcelist', join(state, 'sources.list')],
    ['Dir::Etc::sourceparts', '/dev/null'],
    // Root would drop its rights to a user who cannot write here.
    ['APT::Sandbox::User', ''],
  ].map(([name, value]) => `-o${name}=${value}`);
  run('apt-get', [...options, ...APT_PATIENCE, 'update'], { advice });
  return [...options, ...APT_PATIENCE];
}

/**
 * Fetches from trixie into `folder`.
 *
 * @param {string} folder
 * @param {string[]} fetch apt-get's command and its operands, each operand with the suite: `['download', 'x/trixie']`
 * @param {string} advice the sentence for the user when that fails
 */
export function fetchFromTrixie(folder, fetch, advice) {
  privateState ??= makePrivateState(advice);
  run('apt-get', [...privateState, ...fetch], { cwd: folder, advice });
}
