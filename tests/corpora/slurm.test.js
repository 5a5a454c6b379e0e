// The recipe for Slurm in docs/many-files.md, on two nodes of this machine, of which one is lost in the middle.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { findPort } from '../web/support/free_port.js';
import { parentOf, prepare, processesWith, until } from './recipes.js';

const PATH = `${process.env.PATH}${delimiter}/usr/sbin`;
const NODES = ['node1', 'node2'];

/** Files that one task takes, of eight. */
const TASKS = 4;

/** @returns {string | false} why this machine cannot */
function missing() {
  const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch'];
  const absent = programs.find((program) => spawnSync('which', [program], { env: { PATH } }).status !== 0);
  if (absent) return `there is no ${absent} (Debian: slurm-wlm and munge)`;
  return process.getuid?.() !== 0 && 'only root runs slurmd';
}

/** @type {import('node:child_process').ChildProcess[]} */
const daemons = [];
/** @type {Map<import('node:child_process').ChildProcess, string>} on standard error */
const said = new Map();
/** Of sockets, and so a short path. */
const folder = mkdtempSync(join(tmpdir(), 'edgel3-slurm-'));
const conf = join(folder, 'slurm.conf');
const env = { ...process.env, PATH, SLURM_CONF: conf };

after(async () => {
  for (const daemon of daemons.reverse()) {
    if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
    daemon.kill();
    await once(daemon, 'close');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** @param {string} program @param {...string} args stays in the foreground */
function start(program, ...args) {
  const daemon = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  daemons.push(daemon);
  said.set(daemon, '');
  daemon.stderr?.on('data', (text) => said.set(daemon, said.get(daemon) + text));
  return daemon;
}

/** @returns {true} @throws {Error} if a daemon has ended, with what it said */
function allRun() {
  const ended = daemons.find(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
  if (!ended) return true;
  throw new Error(`${ended.spawnargs.join(' ')} has ended: ${said.get(ended)}`);
}

/** @param {string} program @param {...string} args */
const ask = (program, ...args) => execFileSync(program, args, { env, encoding: 'utf8' }).trim();

/** Two nodes under different names and ports, each with a processor. */
async function startCluster() {
  // munge wants its socket where everybody can go.
  chmodSync(folder, 0o755);
  const key = join(folder, 'munge.key');
  const socket = join(folder, 'munge.socket');
  writeFileSync(key, randomBytes(1024), { mode: 0o400 });
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name));
  const host = hostname().split('.')[0];
  const lines = [
    'ClusterName=edgel3',
    `SlurmctldHost=${host}(127.0.0.1)`,
    `SlurmctldPort=${await findPort()}`,
    // A node that is lost is given up after some seconds, and what ran there runs again some seconds later.
    'SlurmdTimeout=5',
    `AuthInfo=socket=${socket},cred_expire=5`,
    'AuthType=auth/munge',
    'CredType=cred/munge',
    'SlurmUser=root',
    'SlurmdUser=root',
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/spool/%n`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/%n.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/%n.log`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'JobAcctGatherType=jobacct_gather/none',
    'AccountingStorageType=accounting_storage/none',
    'SwitchType=switch/none',
    'MpiDefault=none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core',
    'MailProg=/bin/true',
  ];
  for (const node of NODES) {
    lines.push(`NodeName=${node} NodeHostname=${host} NodeAddr=127.0.0.1 Port=${await findPort()} CPUs=1`);
  }
  lines.push(`PartitionName=all Nodes=${NODES.join()} Default=YES MaxTime=INFINITE State=UP`);
  writeFileSync(conf, `${lines.join('\n')}\n`);
  const files = ['pid-file', 'log-file', 'seed-file'].map((name) => `--${name}=${folder}/munge.${name}`);
  start('munged', '--foreground', `--key-file=${key}`, `--socket=${socket}`, ...files);
  await until(() => allRun() && readdirSync(folder).includes('munge.socket'));
  start('slurmctld', '-D');
  const nodes = NODES.map((node) => start('slurmd', '-D', '-N', node));
  await until(
    () => spawnSync('sinfo', ['-h', '-o', '%D %t'], { env, encoding: 'utf8' }).stdout === '2 idle\n',
  );
  return nodes;
}

test('Slurm: an array of jobs over a list of paths; a node is lost, its job runs again, nothing is lost or doubled', {
  skip: missing(),
  timeout: 600_000,
}, async (t) => {
  const work = await prepare('embed.sh');
  writeFileSync(join(work.folder, 'paths.txt'), work.paths.map((path) => `${path}\n`).join(''));
  const nodes = await startCluster();
  const submitted = spawnSync('sbatch', [`--array=0-${TASKS - 1}`, 'embed.sh'], {
    cwd: work.folder,
    env,
    encoding: 'utf8',
  });
  assert.equal(submitted.status, 0, submitted.stderr);

  const isWorking = () => readdirSync(join(work.folder, 'recordings')).some((name) => name.endsWith('.tmp'));
  const working = () =>
    processesWith('SLURMD_NODENAME=node2').filter((id) => hasEnvironment(id, `SLURM_CONF=${conf}`));
  const hasDone = () => work.missing().length < work.outputs.length - 1;
  await until(() => hasDone() && isWorking() && working().length > 0);
  // Its daemon, the one that watches the job and would still tell of its end, and the job.
  const [, node2] = nodes;
  node2.kill('SIGKILL');
  const job = working();
  const watchers = job.map(parentOf).filter((id) => nameOf(id) === 'slurmstepd');
  for (const id of [...new Set(watchers), ...job]) process.kill(id, 'SIGKILL');
  const before = work.missing();
  assert.ok(before.length > 0, 'all was done, so nothing was lost');
  await until(() => ask('squeue', '-h') === '');

  const restarts = [...ask('scontrol', 'show', 'jobs').matchAll(/Restarts=(\d)/g)].map(([, count]) =>
    Number(count),
  );
  assert.equal(Math.max(...restarts), 1, 'no job ran again');
  assert.match(ask('sinfo', '-h', '-N', '-o', '%N %t'), /^node2 down\*$/m);
  assert.deepEqual([work.missing(), work.differing()], [[], []]);
  const reports = Array.from({ length: TASKS }, (_, k) =>
    readFileSync(join(work.folder, `embed-${k}.jsonl`), 'utf8'),
  );
  const objects = reports.flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
  assert.deepEqual([...new Set(objects.map(({ file }) => file))].sort(), work.paths);
  const done = objects.filter(({ status }) => status === 'done').map(({ file }) => file);
  assert.equal(new Set(done).size, done.length, 'a file was done twice');
  assert.ok(objects.every(({ status }) => status === 'done' || status === 'skipped'));
  t.diagnostic(`${before.length} of ${work.outputs.length} outputs were missing when the node was lost`);
});

/** @param {number} id of a process */
function nameOf(id) {
  return readFileSync(`/proc/${id}/comm`, 'utf8').trim();
}

/** @param {number} id of a process @param {string} setting of its environment */
function hasEnvironment(id, setting) {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(setting);
  } catch {
    return false;
  }
}
