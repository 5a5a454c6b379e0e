import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { joinPath } from './join_path.js';

/**
 * What a temporary file is called, so that another process knows whether the one that writes it is still there. The
 * name of the output is not in it: the longest names would become too long.
 */
const NAME = /^\.edgel3-(?<machine>\w+)-(?<boot>\w+)-(?<namespace>\w+)-(?<pid>\d+)-\w+\.tmp$/;

/** @typedef {{ machine: string, boot: string, namespace: string }} Home where the number of a process means something */

/** @type {Promise<Home> | undefined} */
let home;

/** @type {Map<string, Promise<void>>} folders that were cleaned by this process */
const cleaned = new Map();

/**
 * Finds a name for a temporary file. What processes that are gone have left in the folder, killed or by a loss of
 * power, is removed; that of another machine that shares the folder stays.
 *
 * @param {string} folder
 * @returns {Promise<string>} a path that nobody else has
 */
export async function temporaryPath(folder) {
  home ??= findHome();
  const own = await home;
  if (!cleaned.has(folder)) cleaned.set(folder, removeAbandoned(folder, own));
  await cleaned.get(folder);
  const random = randomUUID().slice(0, 8);
  return joinPath(folder, `.edgel3-${own.machine}-${own.boot}-${own.namespace}-${process.pid}-${random}.tmp`);
}

/**
 * @param {string} folder
 * @param {Home} own
 */
async function removeAbandoned(folder, own) {
  // What cannot be read or removed does no harm.
  const names = await readdir(folder).catch(() => []);
  const abandoned = names.filter((name) => isAbandoned(name.match(NAME)?.groups, own));
  await Promise.all(abandoned.map((name) => rm(joinPath(folder, name)).catch(() => {})));
}

/**
 * @param {Record<string, string> | undefined} writer of a file
 * @param {Home} own
 */
function isAbandoned(writer, { machine, boot, namespace }) {
  if (writer?.machine !== machine) return false;
  if (writer.boot !== boot) return true;
  return writer.namespace === namespace && !isAlive(Number(writer.pid));
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
async function findHome() {
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
