// What a person sees who has an old Node, or whose own program does not catch an error.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeFolder, program } from '../support/command_line.js';

const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

test('a Node that is too old is told so in one sentence', () => {
  const folder = makeFolder();
  const oldest = engines.node.match(/^>=(\d+\.\d+)$/)[1];
  for (const [version, isOld] of /** @type {const} */ ([
    ['12.22.0', true],
    ['18.20.4', true],
    ['20.15.1', true],
    [`${oldest}.0`, false],
    ['22.0.0', false],
  ])) {
    writeFileSync(
      join(folder, 'pretend.cjs'),
      `Object.defineProperty(process.versions, 'node', { value: '${version}' });`,
    );
    const args = ['--require', join(folder, 'pretend.cjs'), program, '--version'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (isOld) {
      const message = `edgel3: Node ${oldest} or later is needed, and this is Node ${version}.\n`;
      assert.deepEqual([status, stdout, stderr], [1, '', message]);
    } else {
      assert.deepEqual([status, stderr], [0, '']);
    }
  }
});

test('an error that nobody catches shows a few lines of code, not the whole library', () => {
  const library = new URL('../../../dist/node.js', import.meta.url);
  const script = `import { readAudioFile } from '${library}'; await readAudioFile('nothing.wav');`;
  const args = ['--input-type=module', '--eval', script];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /There is no file nothing\.wav\./);
  assert.ok(stderr.length < 3000, `${stderr.length} characters`);
});
