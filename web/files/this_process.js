import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** What a process is called in names and contents of files, so that another one knows whether it is still there. */
const NAME = /^(?<machine>\w+)-(?<boot>\w+)-(?<namespace>\w+)-(?<pid>\d+)$/;

/** @typedef {{ machine: string, boot: string, namespace: string }} Home where the number of a process means something */

/** @type {Promise<Home> | undefined} */
let home;

/** @returns {Promise<string>} letters, digits and hyphens */
export async function nameThisProcess() {
  const { machine, boot, namespace } = await findHome();
  return `${machine}-${boot}-${namespace}-${process.pid}`;
}

/**
 * @param {string} name of a process
 * @returns {Promise<boolean>} whether it ran here and does not any longer; false for one of another machine
 */
export async function isGone(name) {
  const found = name.match(NAME)?.groups;
  const { machine, boot, namespace } = await findHome();
  if (found?.machine !== machine) return false;
  if (found.boot !== boot) return true;
  return found.namespace === namespace && !isAlive(Number(found.pid));
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH';
  }
}

/** @returns {Promise<Home>} off Linux, processes are told apart by their number alone */
function findHome() {
  home ??= readHome();
  return home;
}

async function readHome() {
  const read = (/** @type {string} */ path) => readFile(path, 'utf8').catch(() => '');
  const [machineId, boot, namespace] = await Promise.all([
    read('/etc/machine-id'),
    read('/proc/sys/kernel/random/boot_id'),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return { machine: digest(hostname() + machineId), boot: digest(boot), namespace: digest(namespace) };
}

/** @param {string} text */
function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
