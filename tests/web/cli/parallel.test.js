import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { linesOf, makeFolder, outcome, program, run } from '../support/command_line.js';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const hasParallel = spawnSync('parallel', ['--version']).status === 0;
// Only root may make them.
const hasNamespaces = spawnSync('unshare', ['--net', 'true']).status === 0;
const PARALLEL_SSH = fileURLToPath(new URL('../support/ssh.sh', import.meta.url));

/**
 * Gives the paths to two workers by GNU parallel, one at a time.
 *
 * @param {string} folder
 * @param {string[]} files
 */
function startParallel(folder, files) {
  const hosts = ['--sshlogin', 'node1,node2', '--workdir', folder];
  const child = spawn('parallel', ['--pipe', '-N', '1', '--jobs', '1', ...hosts, './worker.sh'], {
    cwd: folder,
    env: { ...process.env, PARALLEL_SSH },
  });
  return outcome(child, files.map((file) => `${file}\n`).join(''));
}

/** Each names its process and its network, then becomes edgel3. */
const worker = `#!/bin/sh
echo "$$ $(readlink /proc/self/ns/net)" >> workers
exec '${process.execPath}' '${program}' --jobs 1 --files-from -
`;

test('GNU parallel on two hosts: one is killed in the middle, the next run does the rest', {
  skip: !hasParallel && 'there is no GNU parallel',
  timeout: 600_000,
}, async (t) => {
  t.diagnostic(`hosts: ${hasNamespaces ? 'network namespaces' : 'local workers'}`);
  const folder = makeFolder();
  writeFileSync(join(folder, 'worker.sh'), worker, { mode: 0o755 });
  const long = Array.from(sound(80_000, 8000), (sample) => Math.round(sample * 32768));
  for (const name of ['c.wav', 'd.wav']) writeFileSync(join(folder, name), wavFile({ data: int16(long) }));
  const files = ['c.wav', 'd.wav', 'a.wav', 'b.wav'];
  mkdirSync(join(folder, 'expected'));
  assert.equal((await run(folder, ['-q', '-o', 'expected', ...files])).code, 0);
  const outputs = readdirSync(join(folder, 'expected'));
  const assertWhole = (/** @type {string} */ name) =>
    assert.deepEqual(readFileSync(join(folder, name)), readFileSync(join(folder, 'expected', name)), name);

  const first = startParallel(folder, files);
  while (!readdirSync(folder).some((name) => name.endsWith('.tmp'))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const readWorkers = () => readFileSync(join(folder, 'workers'), 'utf8').trim().split('\n');
  process.kill(Number(readWorkers()[0].split(' ')[0]), 'SIGKILL');
  const { code, stdout: before } = await first;
  assert.notEqual(code, 0);
  const networks = new Set(readWorkers().map((line) => line.split(' ')[1]));
  assert.ok(!hasNamespaces || networks.size > 1, [...networks].join());
  const done = outputs.filter((name) => existsSync(join(folder, name)));
  assert.ok(done.length < outputs.length, 'nothing was lost, so nothing was tested');
  done.forEach(assertWhole);

  const second = await startParallel(folder, files);
  assert.deepEqual([second.code, second.stderr], [0, '']);
  outputs.forEach(assertWhole);
  const objects = linesOf(String(second.stdout)).map((line) => JSON.parse(line));
  assert.deepEqual(objects.map(({ file }) => file).sort(), [...files].sort());
  assert.deepEqual(
    objects.filter(({ status }) => status === 'skipped').map(({ output }) => output),
    done,
    `the first run printed\n${before}`,
  );
});
