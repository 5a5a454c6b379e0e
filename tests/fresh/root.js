/** Root file systems of Debian as a newcomer has them: Debian's base, ca-certificates and Node, nothing else. */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensurePackages, onPath } from '../../wasm/setup/debian_packages.js';
import { mirror } from '../../wasm/setup/debian_trixie.js';
import { ensureNode, NODE_VERSIONS } from '../../wasm/setup/node_versions.js';
import { announce, run, SetupError } from '../../wasm/setup/step.js';

/** Node as most people have it: the newer of the two lines with long-term support. */
const NODE = NODE_VERSIONS[1];

const CERTIFICATES = 'etc/ssl/certs/ca-certificates.crt';

/**
 * @param {string} release of Debian
 * @param {string} folder which is made anew
 */
export function makeRoot(release, folder) {
  if (process.getuid?.() !== 0)
    throw new SetupError('Run it as root: making a root file system, and changing into it, need that.');
  ensurePackages({ debootstrap: 'debootstrap', 'ca-certificates': '/etc/ssl/certs' });
  const advice = 'Start again where the Debian mirror of the apt configuration can be reached.';
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  announce(`making a root of Debian ${release}`);
  const options = ['--variant=minbase', '--include=ca-certificates', release, folder, mirror(advice)];
  run('debootstrap', options, { advice });

  const node = ensureNode(NODE);
  mkdirSync(join(folder, 'usr/local/bin'), { recursive: true });
  cpSync(node, join(folder, 'usr/local/bin/node'));
  // Any version of npm does; this one is here.
  const npm = npmFolder();
  cpSync(npm, join(folder, 'usr/local/lib/node_modules/npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(folder, 'usr/local/bin', name));
  }
  // How this machine reaches the network: names, and certificates that its administrator has added.
  cpSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'), { dereference: true });
  cpSync(`/${CERTIFICATES}`, join(folder, CERTIFICATES), { dereference: true });
}

function npmFolder() {
  const program = (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, 'npm'))
    .find(existsSync);
  if (!program || !onPath('npm'))
    throw new SetupError('Install npm, so that it is on PATH, and start again.');
  return join(dirname(realpathSync(program)), '..');
}

/**
 * Copies what the checkout has, commits or not, but not what git ignores: nothing that is built or set up.
 *
 * @param {string} repository
 * @param {string} folder
 */
export function copyCheckout(repository, folder) {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = run('git', list, { cwd: repository, advice: 'Run it in a clone made by git.' }).split('\0');
  for (const file of files.filter((file) => file && existsSync(join(repository, file)))) {
    cpSync(join(repository, file), join(folder, file), { preserveTimestamps: true, verbatimSymlinks: true });
  }
}

/**
 * Runs a command inside a root, as its root.
 *
 * @param {string} root
 * @param {string} folder inside it
 * @param {string} command of its shell
 * @param {string} log file on this machine for all that it prints
 * @returns {boolean} whether it succeeded
 */
export function runIn(root, folder, command, log) {
  const script = [
    'set -e',
    'mount -t proc proc "$0/proc"',
    'mount -t sysfs sysfs "$0/sys"',
    'mount --rbind /dev "$0/dev"',
    'mount -t tmpfs tmpfs "$0/dev/shm"',
    `exec chroot "$0" /usr/bin/env -i ${environment()} /bin/sh -c 'cd "$0" && eval "$1"' "$1" "$2"`,
  ];
  // Mounts and processes of their own, which end with the command.
  const unshare = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script.join('\n')];
  writeFileSync(log, `$ ${command}\n`);
  const { status } = spawnSync(
    'sh',
    [
      '-c',
      'log="$1"; shift; exec unshare "$@" >>"$log" 2>&1 </dev/null',
      'sh',
      log,
      ...unshare,
      root,
      folder,
      command,
    ],
    { stdio: 'inherit' },
  );
  return status === 0;
}

/** What a login has, and how this machine reaches the network. */
function environment() {
  const kept = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  const registry = spawnSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).stdout.trim();
  const variables = {
    HOME: '/root',
    LANG: 'C.UTF-8',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    NODE_EXTRA_CA_CERTS: `/${CERTIFICATES}`,
    npm_config_registry: registry,
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  };
  return Object.entries(variables)
    .map(([name, value]) => `'${name}=${value}'`)
    .join(' ');
}
