import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { linesOf, makeFolder, outcome, program, run, start, wav } from '../support/command_line.js';
import { withoutInput } from '../support/metadata.js';
import { wavFile } from '../support/wav_file.js';

/** @type {string} a fresh folder with a.wav and b.wav for each test */
let folder;
beforeEach(() => {
  folder = makeFolder();
});

const edgel3 = (/** @type {string[]} */ ...args) => run(folder, args);

/** A file of ten minutes, long enough to be interrupted. */
function writeLongFile() {
  const header = Buffer.from(wavFile({ data: new Uint8Array(0) }));
  const length = 600 * 16_000;
  header.writeUInt32LE(36 + length, 4);
  header.writeUInt32LE(length, 40);
  const file = openSync(join(folder, 'long.wav'), 'w');
  writeSync(file, header);
  ftruncateSync(file, header.length + length);
  closeSync(file);
}

/** @param {() => boolean} isTrue */
async function until(isTrue) {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('every format, under its own ending', async () => {
  for (const format of ['npz', 'npy', 'csv', 'json', 'jsonl']) {
    const { code, stdout } = await edgel3('--format', format, 'a.wav');
    assert.deepEqual([code, stdout], [0, `a.wav -> a.${format} (11 x 64)\n`]);
  }
  assert.equal(readFileSync(join(folder, 'a.csv'), 'utf8').trim().split('\n').length, 12);
  const unknown = await edgel3('--format', 'xml', 'a.wav', 'b.wav');
  assert.deepEqual([unknown.code, unknown.stdout], [2, '']);
  assert.match(unknown.stderr, /^edgel3: [^\n]*npz, npy, csv, json, jsonl[^\n]*\n$/);
});

test('what is there already is skipped, unless it shall be overwritten', async () => {
  writeFileSync(join(folder, 'a.npz'), 'old');
  const skipped = await edgel3('a.wav', 'b.wav');
  const lines = linesOf(skipped.stdout);
  assert.match(lines[0], /^1 done, 1 skipped: /);
  assert.deepEqual(lines.slice(1), ['a.wav: skipped, a.npz is there already', 'b.wav -> b.npz (11 x 64)']);
  assert.deepEqual([skipped.code, readFileSync(join(folder, 'a.npz'), 'utf8')], [0, 'old']);
  assert.equal((await edgel3('--overwrite', 'a.wav')).stdout, 'a.wav -> a.npz (11 x 64)\n');
});

test('two inputs with one output: the second is refused', async () => {
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'other/a.wav'), wav);
  const { code, stdout, stderr } = await edgel3('-o', '.', 'a.wav', 'other/a.wav');
  assert.equal(code, 1);
  assert.match(stdout, /^a\.wav -> a\.npz .*\n1 done, 1 failed\n$/);
  assert.match(
    stderr,
    /^edgel3: other\/a\.wav would have the same output as a\.wav, a\.npz; give each an --output-dir [^\n]*\n$/,
  );
});

test('folders below folders, whose names are kept in the output folder', async () => {
  mkdirSync(join(folder, 'deep/er'), { recursive: true });
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'deep/er/a.WAV'), wav);
  writeFileSync(join(folder, 'deep/er/a.txt'), '');
  const { code, stdout, stderr } = await edgel3('-r', '-o', 'out', 'deep', 'a.wav');
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(linesOf(stdout), [
    '2 done',
    'a.wav -> out/a.npz (11 x 64)',
    'deep/er/a.WAV -> out/er/a.npz (11 x 64)',
  ]);
  rmSync(join(folder, 'out/er'), { recursive: true });
  writeFileSync(join(folder, 'out/er'), '');
  const refused = await edgel3('-r', '-o', 'out', 'deep');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^edgel3: deep\/er\/a\.WAV: out\/er could not be created: [^\n]*\n$/);
});

test('any number of files at once gives the same', async () => {
  for (const jobs of ['1', '3']) {
    mkdirSync(join(folder, jobs));
    const { code } = await edgel3('-j', jobs, '-o', jobs, 'a.wav', 'b.wav');
    assert.equal(code, 0);
  }
  for (const name of ['a.npz', 'b.npz']) {
    assert.deepEqual(readFileSync(join(folder, '1', name)), readFileSync(join(folder, '3', name)));
  }
  for (const jobs of ['0', '1.5', '65', 'many']) {
    const { code, stderr } = await edgel3('--jobs', jobs, 'a.wav');
    assert.equal(code, 2);
    assert.match(stderr, /^edgel3: --jobs must be [^\n]*\n$/);
  }
});

test('paths from a file or from standard input; an object comes out for each', async () => {
  writeFileSync(join(folder, 'b.npz'), 'old');
  writeFileSync(join(folder, 'bad.wav'), 'no sound');
  const list = 'a.wav\r\n\nb.wav\nbad.wav';
  writeFileSync(join(folder, 'list'), list);
  const expected = [
    { file: 'a.wav', status: 'done', output: 'a.npz', windows: 11, dimensions: 64 },
    { file: 'b.wav', status: 'skipped', output: 'b.npz' },
    { file: 'bad.wav', status: 'failed', code: 'file_unsupported' },
  ];
  for (const [args, input] of /** @type {const} */ ([
    [['--files-from', 'list'], ''],
    [['--files-from', '-', '--overwrite'], 'a.wav\n'],
  ])) {
    const { code, stdout, stderr } = await run(folder, [...args], input);
    const objects = linesOf(stdout).map((line) => JSON.parse(line));
    if (input) {
      assert.deepEqual([code, objects, stderr], [0, expected.slice(0, 1), '']);
    } else {
      assert.equal(code, 1);
      assert.match(objects[2].message, /not a sound file/);
      delete objects[2].message;
      assert.deepEqual(objects, expected);
      assert.match(linesOf(stderr)[0], /^edgel3: bad\.wav: /);
      assert.match(linesOf(stderr)[1], /^edgel3: warning: b\.npz is there already and does not say /);
    }
  }
  const missing = await edgel3('--files-from', 'nowhere');
  assert.equal(missing.code, 1);
  assert.match(missing.stderr, /^edgel3: The list of files could not be read: [^\n]*\n$/);
});

test('a path that comes is done before the next one comes', async () => {
  const child = start(folder, ['--files-from', '-']);
  const ended = outcome(child);
  for (const name of ['a.wav', 'b.wav']) {
    child.stdin.write(`${name}\n`);
    const line = await new Promise((resolve) => child.stdout.once('data', resolve));
    assert.equal(JSON.parse(String(line)).file, name);
  }
  child.stdin.end();
  assert.equal((await ended).code, 0);
});

test('standard input goes to standard output', async () => {
  for (const format of ['npz', 'csv']) {
    await edgel3('--format', format, 'a.wav');
    const { code, stdout, stderr } = await outcome(start(folder, ['--format', format, '-']), wav);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal(withoutInput(stdout), withoutInput(readFileSync(join(folder, `a.${format}`))));
  }
  for (const args of [
    ['-', 'a.wav'],
    ['-', '-o', '.'],
    ['-', '-x', 'x'],
    ['-', '--files-from', '-'],
  ]) {
    assert.equal((await edgel3(...args)).code, 2);
  }
  const { code, stderr } = await run(folder, ['-'], 'no sound');
  assert.equal(code, 1);
  assert.match(stderr, /^edgel3: This is not a sound file [^\n]*\n$/);
});

test('an interrupt ends it at once, with the code of the signal, and leaves nothing', async () => {
  writeLongFile();
  const before = readdirSync(folder);
  for (const [signal, expected] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])) {
    const child = start(folder, ['long.wav']);
    const ended = outcome(child);
    await until(() => readdirSync(folder).some((name) => name.endsWith('.tmp')));
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    assert.deepEqual([code, String(stdout), stderr], [expected, '', '']);
    assert.deepEqual(readdirSync(folder), before);
  }
});

test('an interrupt also ends the wait for standard input', async () => {
  for (const args of [
    ['--files-from', '-'],
    ['--format', 'csv', '-'],
  ]) {
    const child = start(folder, args);
    const ended = outcome(child);
    child.stdin.write(args.includes('-') && args[0] === '--format' ? wav.subarray(0, 20_000) : 'a.wav\n');
    await new Promise((resolve) => child.stdout.once('data', resolve));
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
  }
});

test('a reader who goes away ends it', async () => {
  writeLongFile();
  const child = start(folder, ['--format', 'csv', '-']);
  const ended = outcome(child, readFileSync(join(folder, 'long.wav')));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdout.destroy();
  assert.equal((await ended).code, 141);
});

test('one bad option is one message, however many files there are', async () => {
  for (const [expected, ...args] of /** @type {const} */ ([
    [2, '-t', '0'],
    [1, '--model', 'nowhere.h5'],
  ])) {
    const { code, stdout, stderr } = await edgel3(...args, 'a.wav', 'b.wav');
    assert.deepEqual([code, stdout], [expected, '']);
    assert.match(stderr, /^edgel3: [^\n]*\n$/);
  }
});

const hasScript = spawnSync('script', ['--version']).status === 0;
test('progress on a terminal, and only there', { skip: !hasScript && 'there is no program script' }, () => {
  const onTerminal = (/** @type {string[]} */ ...args) => {
    const command = [process.execPath, program, ...args].join(' ');
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: folder, encoding: 'utf8' });
    return stdout;
  };
  const shown = onTerminal('a.wav', 'b.wav');
  assert.match(shown, /\[#*\.*\] \d\/2 files, \d+ % of [ab]\.wav/);
  assert.ok(shown.includes('b.wav -> b.npz'), shown);
  assert.equal(onTerminal('--overwrite', '-q', 'a.wav', 'b.wav'), '');
  assert.match(onTerminal('-'), /standard output is a terminal/);
});

test('a disk that is full leaves nothing behind', () => {
  const before = readdirSync(folder);
  // A file may have 1 kB: what exceeds it is refused as by a full disk, after a part of it was written.
  const command = `ulimit -f 1; exec '${process.execPath}' '${program}' a.wav`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /^edgel3: a\.wav: a\.npz could not be written: [^\n]*\n$/);
  assert.deepEqual(readdirSync(folder), before);
});
