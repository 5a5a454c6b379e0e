import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gather } from '../../../models/evaluate/gather.js';

const program = fileURLToPath(new URL('../../../models/evaluate/card.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'edgel3-card-'));
const packages = join(folder, 'packages');
const ownPath = process.env.PATH;

/** An entry of OpenTTD's container. @param {string} content */
function catEntry(content) {
  const wav = Buffer.from(`RIFF....${content}`);
  wav.writeUInt32LE(content.length, 4);
  return Buffer.concat([Buffer.from('\x05name\0'), wav]);
}

before(() => {
  // A dpkg that lists files of its own.
  mkdirSync(packages);
  const entries = ['WAVEdata\x03\0\0\0one', 'WAVEdata\0\0\0\0', 'WAVEdata\x03\0\0\0two'].map(catEntry);
  const table = Buffer.alloc(8 * entries.length);
  let at = table.length;
  for (const [index, entry] of entries.entries()) {
    table.writeUInt32LE(at, index * 8);
    at += entry.length;
  }
  writeFileSync(join(packages, 'opensfx.cat'), Buffer.concat([table, ...entries]));
  mkdirSync(join(packages, 'animals'));
  writeFileSync(join(packages, 'road.wav'), 'road');
  writeFileSync(join(packages, 'animals/cat.ogg'), 'cat');
  for (let k = 1; k <= 60; k++)
    writeFileSync(join(packages, `animals/cat_desc_${String(k).padStart(2, '0')}.ogg`), 'word');
  const dpkg = join(folder, 'dpkg');
  writeFileSync(
    dpkg,
    `#!/bin/sh
case $2 in
micropolis-data) printf '%s\\n' "${packages}/road.wav" "${packages}/beep.wav" /readme ;;
openttd-opensfx) echo "${packages}/opensfx.cat" ;;
tuxpaint-stamps-default) seq -f '${packages}/animals/cat_desc_%02.0f.ogg' 60; echo ${packages}/animals/cat.ogg ;;
esac
`,
  );
  chmodSync(dpkg, 0o755);
  process.env.PATH = folder + delimiter + ownPath;
});
after(() => {
  process.env.PATH = ownPath;
  rmSync(folder, { recursive: true });
});

test('recordings of installed packages come into folders by what they are, also when they are there', async () => {
  const to = join(folder, 'card');
  for (const _ of [1, 2]) await gather(to);
  assert.deepEqual(readdirSync(join(to, 'street')), ['micropolis-data-0-road.wav']);
  assert.deepEqual(readdirSync(join(to, 'animals')), ['tuxpaint-stamps-default-0-cat.ogg']);
  assert.equal(readdirSync(join(to, 'speech')).length, 3);
  const sounds = join(to, 'machines_transport');
  assert.deepEqual(readdirSync(sounds), ['opensfx-0.wav', 'opensfx-2.wav']);
  assert.equal(readFileSync(join(sounds, 'opensfx-2.wav'), 'latin1').slice(-3), 'two');
});

test('a package that is missing is named', async () => {
  process.env.PATH = join(folder, 'nothing');
  await assert.rejects(
    gather(join(folder, 'other')),
    /package tuxpaint-stamps-default, which is not installed/,
  );
  process.env.PATH = folder + delimiter + ownPath;
});

test('a command line that is incomplete is explained', () => {
  const { status, stderr } = spawnSync(process.execPath, [program, 'model', 'teacher'], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^npm run models:card -- MODEL TEACHER FOLDER/);
});
