// The recipe for Dask in docs/many-files.md, with two workers, of which one is killed in the middle.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { outcome } from '../web/support/command_line.js';
import { prepare, processesWith, until } from './recipes.js';

// Debian's python3-distributed belongs to Debian's own Python, which need not be the first on PATH.
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import distributed']).status === 0,
);

/** @type {import('node:child_process').ChildProcess[]} */
const programs = [];
after(async () => {
  for (const program of programs) {
    if (program.exitCode !== null || program.signalCode !== null) continue;
    program.kill();
    await once(program, 'close');
  }
});

/** @param {string} folder @param {Record<string, string>} env @param {...string} args */
function startPython(folder, env, ...args) {
  const program = spawn(String(python), args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  programs.push(program);
  return program;
}

test('Dask: two workers, one is killed, its paths go to the other, nothing is lost or doubled', {
  skip: !python && 'there is no python3 with distributed (Debian: python3-distributed)',
  timeout: 600_000,
}, async (t) => {
  const work = await prepare('dask_embed.py');
  const { folder } = work;
  const scheduler = startPython(
    folder,
    {},
    ...['-m', 'distributed.cli.dask_scheduler', '--host', '127.0.0.1', '--port', '0', '--no-dashboard'],
  );
  let address = '';
  for await (const line of createInterface({
    input: /** @type {import('node:stream').Readable} */ (scheduler.stderr),
  })) {
    address = /tcp:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
    if (address) break;
  }
  scheduler.stderr?.resume();
  for (const name of ['worker1', 'worker2']) {
    const args = [
      '-m',
      'distributed.cli.dask_worker',
      address,
      '--name',
      name,
      '--nthreads',
      '1',
      '--no-nanny',
    ];
    startPython(
      folder,
      { EDGEL3_TEST_WORKER: `${folder}/${name}` },
      ...args,
      '--no-dashboard',
    ).stderr?.resume();
  }
  const client = spawn(String(python), ['dask_embed.py', address, '1'], { cwd: folder });
  programs.push(client);
  const ended = outcome(
    /** @type {import('node:child_process').ChildProcessWithoutNullStreams} */ (client),
    work.paths.map((path) => `${path}\n`).join(''),
  );

  // The worker, npx and edgel3.
  const lost = () => processesWith(`EDGEL3_TEST_WORKER=${folder}/worker2`);
  const isWorking = () => readdirSync(join(folder, 'recordings')).some((name) => name.endsWith('.tmp'));
  const hasDone = () => work.missing().length < work.outputs.length - 1;
  await until(() => hasDone() && isWorking() && lost().length > 1);
  for (const id of lost()) process.kill(id, 'SIGKILL');
  const before = work.missing();
  assert.ok(before.length > 0, 'all was done, so nothing was lost');

  const { code, stdout, stderr } = await ended;
  assert.equal(code, 0, stderr);
  assert.deepEqual([work.missing(), work.differing()], [[], []]);
  const objects = String(stdout)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(objects.map(({ file }) => file).sort(), work.paths);
  assert.ok(objects.every(({ status }) => status === 'done' || status === 'skipped'));
  t.diagnostic(`${before.length} of ${work.outputs.length} outputs were missing when the worker was killed`);
});
