import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { getEmbedding, l2Normalize, loadEmbeddingModel, poolOverTime, readAudioFile } from 'edgel3';

const command = fileURLToPath(new URL('../../../dist/cli/edgel3.js', import.meta.url));
const audio = fileURLToPath(new URL('../../golden/audio/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

/** The build that every Node has: the command's Node may lack the other one. */
const BASELINE = ['--build', 'baseline'];
const model = await loadEmbeddingModel({ build: 'baseline' });
after(() => model.close());

const SOUNDS = ['bursts37k.wav', 'glide22k.wav', 'voice8k.wav'];
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'sounds'), { recursive: true });
  for (const name of SOUNDS) copyFileSync(join(audio, name), join(folder, 'sounds', name));
});

/** @param {string[]} args */
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** @param {string} name */
const readLines = (name) =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a row for each window: what getEmbedding gives, with the seconds that the window covers', async () => {
  assert.equal(run('--combine', 'all.jsonl', ...BASELINE, '--hop-size', '0.5', 'sounds').status, 0);
  const rows = readLines('all.jsonl');
  assert.deepEqual(
    [...new Set(rows.map(({ file }) => file))],
    SOUNDS.map((name) => `sounds/${name}`),
  );
  for (const name of SOUNDS) {
    const { channels, sampleRate } = await readAudioFile(join(audio, name));
    const { embedding, shape } = await getEmbedding(channels, sampleRate, { model, hopSize: 0.5 });
    const own = rows.filter(({ file }) => file === `sounds/${name}`);
    assert.equal(own.length, shape[0]);
    assert.deepEqual(
      own.map(({ start, end }) => [start, end]),
      own.map((_, index) => [index * 0.5 - 0.5, index * 0.5 + 0.5]),
    );
    assert.deepEqual(Float32Array.from(own.flatMap((row) => row.embedding)), embedding);
  }
});

test('--pool and --normalize: one row for each sound, of length 1', async () => {
  const options = ['--pool', 'meanstd', '--normalize', '--no-centering'];
  assert.equal(run('--combine', 'all.jsonl', ...BASELINE, ...options, 'sounds').status, 0);
  const rows = readLines('all.jsonl');
  assert.equal(rows.length, SOUNDS.length);
  for (const { file, start, embedding } of rows) {
    const { channels, sampleRate } = await readAudioFile(join(folder, file));
    const truth = l2Normalize(
      poolOverTime(await getEmbedding(channels, sampleRate, { model, center: false }), 'meanstd'),
    );
    assert.equal(start, 0);
    assert.deepEqual(Float32Array.from(embedding), truth);
  }
});

test('a second run computes what is new alone; a failure is reported and tried again', () => {
  writeFileSync(join(folder, 'sounds/broken.wav'), 'RIFF');
  const first = run('--combine', 'all.parquet', 'sounds');
  assert.equal(first.status, 1);
  assert.match(first.stderr, /broken\.wav/);
  copyFileSync(join(audio, 'short16k.wav'), join(folder, 'sounds/broken.wav'));
  const second = run('--combine', 'all.parquet', 'sounds');
  assert.equal(second.status, 0);
  assert.match(second.stdout, /broken\.wav -> all\.parquet/);
  assert.equal(second.stdout.match(/: skipped,/g)?.length, SOUNDS.length);
  const other = run('--combine', 'all.parquet', '--hop-size', '1', 'sounds');
  assert.equal(other.status, 1);
  assert.match(other.stderr, /--hop-size is 0\.1 there, and 1 here/);
  assert.deepEqual(readdirSync(folder).sort(), ['all.parquet', 'sounds']);
});

test('a sound that has changed since is an error for its file; --overwrite makes the table again', () => {
  for (const name of ['all.parquet', 'all.npz']) {
    const options = ['--combine', name, ...BASELINE, '--hop-size', '0.5'];
    assert.equal(run(...options, 'sounds').status, 0);
    const before = readFileSync(join(folder, name));
    const { mtime } = statSync(join(folder, 'sounds/voice8k.wav'));
    copyFileSync(join(audio, 'short16k.wav'), join(folder, 'sounds/voice8k.wav'));
    const changed = run(...options, 'sounds');
    assert.equal(changed.status, 1);
    assert.match(
      changed.stderr,
      /^edgel3: all\.\w+ has sounds\/voice8k\.wav already, and of another sound: input bytes is \d+ there, and \d+ here; [^\n]*--overwrite[^\n]*\n$/,
    );
    assert.equal(changed.stdout.match(/: skipped,/g)?.length, SOUNDS.length - 1);
    assert.deepEqual(readFileSync(join(folder, name)), before);
    assert.equal(run(...options, '--overwrite', 'sounds').status, 0);
    const again = run(...options, 'sounds');
    assert.deepEqual([again.status, again.stderr], [0, '']);
    // Another time alone is a difference too.
    utimesSync(join(folder, 'sounds/glide22k.wav'), mtime, new Date('2020-02-02T02:02:02.020Z'));
    const touched = run(...options, 'sounds');
    assert.equal(touched.status, 1);
    assert.match(
      touched.stderr,
      /glide22k\.wav[^\n]*input modified is "[^"]+" there, and "2020-02-02T02:02:02\.020Z" here/,
    );
    for (const sound of SOUNDS) copyFileSync(join(audio, sound), join(folder, 'sounds', sound));
  }
});

test('a table that cannot say of which sound its rows are is gone on with, with one warning', () => {
  for (const name of ['all.csv', 'all.jsonl']) {
    const options = ['--combine', name, ...BASELINE, '--hop-size', '0.5', 'sounds'];
    assert.equal(run(...options).status, 0);
    copyFileSync(join(audio, 'short16k.wav'), join(folder, 'sounds/voice8k.wav'));
    const again = run(...options);
    assert.equal(again.status, 0);
    assert.match(again.stderr, /^edgel3: warning: all\.\w+ [^\n]*--overwrite[^\n]*\n$/);
    assert.match(again.stdout, new RegExp(`${SOUNDS.length} skipped`));
    assert.doesNotMatch(again.stdout, /--keep-extension|--output-dir/);
  }
});

test('a part of the sound, pooling, length 1, another hop, model or build are other options', () => {
  const options = ['--combine', 'all.parquet', ...BASELINE, '--hop-size', '0.5', '--to', '1', 'sounds'];
  assert.equal(run(...options).status, 0);
  for (const [other, difference] of [
    [['--from', '0.5'], /--from is not known there, and 0\.5 here|from is not known there, and 0\.5 here/],
    [['--to', '0.75'], /to is 1 there, and 0\.75 here/],
    [['--pool', 'mean'], /pooling is null there, and "mean" here/],
    [['--normalize'], /normalize is false there, and true here/],
    [['--no-centering'], /--no-centering|center is true there, and false here/],
    [['--hop-size', '1'], /--hop-size is 0\.5 there, and 1 here/],
  ]) {
    const { status, stderr, stdout } = run(...options, .../** @type {string[]} */ (other));
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /** @type {RegExp} */ (difference));
  }
});

test('a run that is killed loses nothing that was complete', async () => {
  const expected = run('--combine', 'expected.npz', '--jobs', '1', 'sounds');
  assert.equal(expected.status, 0);
  const child = spawn(process.execPath, [command, '--combine', 'all.npz', '--jobs', '1', 'sounds'], {
    cwd: folder,
  });
  const [line] = String(await new Promise((resolve) => child.stdout.once('data', resolve))).split('\n');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
  const again = run('--combine', 'all.npz', '--jobs', '1', 'sounds');
  assert.equal(again.status, 0);
  const [complete] = line.split(' -> ');
  assert.ok(again.stdout.includes(`${complete}: skipped`), again.stdout);
  assert.deepEqual(readFileSync(join(folder, 'all.npz')), readFileSync(join(folder, 'expected.npz')));
});

test('two processes on one table: the second is refused, and the first goes on', async () => {
  const first = spawn(process.execPath, [command, '--combine', 'all.parquet', '--files-from', '-'], {
    cwd: folder,
  });
  const ended = new Promise((resolve) => first.once('close', resolve));
  first.stdin.write('sounds/voice8k.wav\n');
  await new Promise((resolve) => first.stdout.once('data', resolve));
  const second = run('--combine', 'all.parquet', 'sounds');
  assert.deepEqual([second.status, second.stdout], [1, '']);
  assert.match(second.stderr, /^edgel3: all\.parquet is being written by another process; [^\n]*\n$/);
  first.stdin.end();
  assert.equal(await ended, 0);
  assert.equal(run('--combine', 'all.parquet', 'sounds').status, 0);
  assert.deepEqual(readdirSync(folder).sort(), ['all.parquet', 'sounds']);
});

test('--from and --to: a part of each sound, with the times that it has in the file', async () => {
  const options = ['--from', '0.25', '--to', '1.5', '--hop-size', '0.5'];
  assert.equal(run('--combine', 'all.jsonl', ...BASELINE, ...options, 'sounds/voice8k.wav').status, 0);
  const { channels, sampleRate } = await readAudioFile(join(folder, 'sounds/voice8k.wav'));
  const part = channels.map((samples) => samples.subarray(0.25 * sampleRate, 1.5 * sampleRate));
  const { embedding, shape } = await getEmbedding(part, sampleRate, { model, hopSize: 0.5 });
  const rows = readLines('all.jsonl');
  assert.deepEqual(Float32Array.from(rows.flatMap((row) => row.embedding)), embedding);
  assert.deepEqual(
    rows.map(({ start, end }) => [start, end]),
    Array.from({ length: shape[0] }, (_, row) => [0.25 + 0.5 * row - 0.5, 0.25 + 0.5 * row + 0.5]),
  );
  const none = run('--from', '2', '--to', '1', 'sounds/voice8k.wav');
  assert.equal(none.status, 2);
  assert.match(none.stderr, /^edgel3: --from must be less than [^\n]*\n$/);
});

test('options that make no sense are usage errors', () => {
  for (const args of [
    ['--pool', 'mean', 'sounds'],
    ['--combine', 'all.npz', '--format', 'csv', 'sounds'],
    ['--combine', 'all.xlsx', 'sounds'],
    ['--combine', 'all.npz', '--pool', 'median', 'sounds'],
    ['--combine', 'all.npz', '-'],
  ]) {
    const { status, stderr } = run(...args);
    assert.equal(status, 2, `${args}: ${stderr}`);
  }
});
