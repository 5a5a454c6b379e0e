// What people do to their files by habit or by mistake: no work, and no input, is lost by it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { linesOf, makeFolder, outcome, program, run, start, wav } from '../support/command_line.js';
import { goldenModelPath } from '../support/model_files.js';
import { wavFile } from '../support/wav_file.js';

/** @type {string} a fresh folder with a.wav and b.wav for each test */
let folder;
beforeEach(() => {
  folder = makeFolder();
});

const edgel3 = (/** @type {string[]} */ ...args) => run(folder, args);
const write = (/** @type {string} */ name, /** @type {Uint8Array | string} */ content = wav) =>
  writeFileSync(join(folder, name), content);
const read = (/** @type {string} */ name) => readFileSync(join(folder, name));
const make = (/** @type {string} */ name) => mkdirSync(join(folder, name), { recursive: true });

/** @param {string} command of a shell, in which "$@" is the program @param {string | Uint8Array} [input] */
function shell(command, input = '') {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', command, 'bash', process.execPath, program], {
    cwd: folder,
    input,
  });
  return { code: status, stdout: String(stdout), stderr: String(stderr) };
}

test('standard output on a full disk ends with an error, whatever is written', () => {
  const full = /^edgel3: Standard output could not be written: ENOSPC: no space left on device\.\n$/;
  for (const args of [
    '-',
    '--format csv -',
    '--format jsonl -',
    'a.wav',
    '--help',
    '--version',
    'models list',
    'models --help',
  ]) {
    const { code, stderr } = shell(`"$@" ${args} > /dev/full`, wav);
    assert.equal(code, 1, args);
    assert.match(stderr, full, args);
  }
});

test('what a nearly full disk takes only in part is an error, not half a file', () => {
  // A file may have 1 or 2 kB: of what exceeds it, a part is taken, and nothing is said.
  for (const args of ['-', '--format csv -', '--format npy -', '--files-from list']) {
    write('list', `${'a.wav\n'.repeat(200)}`);
    const { code, stderr } = shell(`ulimit -f 2; "$@" --overwrite ${args} > out`, wav);
    assert.equal(code, 1, args);
    assert.match(stderr, /^edgel3: (Standard output|The folder for temporary files|a\.wav)[^\n]*\n/, args);
    assert.doesNotMatch(stderr, /\.tmp/);
  }
});

test('what goes to a file arrives whole, behind what is there', async () => {
  await edgel3('--format', 'csv', 'a.wav');
  write('out', 'before\n');
  assert.equal(shell('"$@" --format csv - >> out', wav).code, 0);
  assert.equal(String(read('out')), `before\n${read('a.csv')}`);
});

test('sounds that are passed over are named and counted, with the reason', async () => {
  make('sounds/deeper');
  for (const name of ['x.m4a', 'y.M4A', 'z.wma', '.hidden.wav', 'deeper/c.wav', 'notes.txt'])
    write(`sounds/${name}`);
  symlinkSync('deeper', join(folder, 'sounds/link'));
  assert.equal(spawnSync('mkfifo', [join(folder, 'sounds/pipe.wav')]).status, 0);
  const none = await edgel3('--no-ffmpeg', 'sounds');
  assert.equal(none.code, 255);
  assert.match(none.stderr, /^edgel3: no sound files found in sounds; passed over: [^\n]*\n$/);
  for (const [count, reason] of [
    [2, 'M4A or MP4, which is read where the program ffmpeg is on PATH'],
    [1, 'WMA'],
    [1, 'a folder, in which --recursive looks'],
    [1, 'a hidden file'],
    [1, 'a link to a folder'],
    [1, 'no file, but a pipe or a device'],
  ]) {
    assert.ok(none.stderr.includes(`${count} (${reason}`), `${none.stderr} ${reason}`);
  }
  write('sounds/a.wav');
  const some = await edgel3('--no-ffmpeg', '-r', 'sounds');
  assert.equal(some.code, 0);
  const lines = some.stdout.trimEnd().split('\n');
  assert.match(String(lines.at(-1)), /^2 done, passed over: .*2 \(M4A or MP4/);
  for (const name of ['x.m4a', 'y.M4A', 'z.wma', '.hidden.wav', 'link', 'pipe.wav']) {
    assert.ok(
      lines.some((line) => line.startsWith(`${join('sounds', name)}: passed over, `)),
      name,
    );
  }
  assert.equal((await edgel3('--no-ffmpeg', '-q', '-r', '--overwrite', 'sounds')).stdout, '');
  const listed = await run(folder, ['--no-ffmpeg', '--files-from', '-'], 'sounds\n');
  const objects = linesOf(listed.stdout).map((line) => JSON.parse(line));
  assert.equal(objects.filter(({ status }) => status === 'passed over').length, 7);
});

test('lines that say the same become few', async () => {
  make('many');
  for (let index = 0; index < 30; index++) write(`many/${index}.wav`, wavFile({ data: new Uint8Array(160) }));
  for (let index = 0; index < 30; index++) write(`many/bad${index}.wav`, 'no sound');
  const first = await edgel3('--no-ffmpeg', 'many');
  assert.equal(first.code, 1);
  assert.match(first.stdout, /\n30 done, 30 failed\n$/);
  const warnings = linesOf(first.stderr).filter((line) => line.includes('silent'));
  assert.equal(warnings.length, 4);
  assert.ok(warnings.some((line) => /^edgel3: 27 more of the same, warning: The audio is silent/.test(line)));
  const failures = linesOf(first.stderr).filter((line) => line.includes('sound file'));
  assert.equal(failures.length, 21);
  const second = await edgel3('--no-ffmpeg', 'many');
  assert.equal(linesOf(second.stdout).length, 4, second.stdout);
  assert.match(second.stdout, /\n0 done, 30 skipped: their outputs are there already, 30 failed\n$/);
});

test('a folder that cannot be read is reported, and the others are done', {
  skip:
    process.getuid?.() === 0 &&
    spawnSync('su', ['nobody', '-s', '/bin/sh', '-c', `'${process.execPath}' --version`]).status !== 0 &&
    'root reads everything, and nobody else may run this Node',
}, () => {
  make('all/closed');
  make('all/open');
  write('all/closed/c.wav');
  write('all/open/d.wav');
  chmodSync(join(folder, 'all/closed'), 0);
  try {
    const root = join(folder, '..');
    for (const path of [root, folder, join(folder, 'all'), join(folder, 'all/open')]) chmodSync(path, 0o777);
    const command = `'${process.execPath}' '${program}' -r all`;
    const { status, stdout, stderr } =
      process.getuid?.() === 0
        ? spawnSync('su', ['nobody', '-s', '/bin/sh', '-c', command], { cwd: folder, encoding: 'utf8' })
        : spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^edgel3: all\/closed: The folder could not be read: EACCES: permission denied\.\n$/,
    );
    assert.match(stdout, /^all\/open\/d\.wav -> all\/open\/d\.npz \(11 x 64\)\n1 done, 1 failed\n$/);
  } finally {
    chmodSync(join(folder, 'all/closed'), 0o700);
  }
});

test('no output takes the place of an input, under any spelling or by any link', async () => {
  write('sound.npz');
  write('W.safetensors', readFileSync(goldenModelPath('sea64')));
  symlinkSync('sound.npz', join(folder, 'link.npz'));
  linkSync(join(folder, 'sound.npz'), join(folder, 'hard.npz'));
  symlinkSync('.', join(folder, 'here'));
  write('link.wav');
  write('hard.wav');
  for (const args of [
    ['sound.npz'],
    ['./sound.npz'],
    ['here/sound.npz'],
    ['-o', '.', 'here/sound.npz'],
    // The output of the second is the first, or a link to it.
    ['--overwrite', 'sound.npz', '-o', 'here', 'link.wav'],
    ['--overwrite', 'hard.wav', 'sound.npz'],
  ]) {
    const { code, stderr } = await edgel3('--overwrite', ...args);
    assert.equal(code, 1, args.join(' '));
    assert.match(stderr, /which is an input|itself/, args.join(' '));
    assert.deepEqual(read('sound.npz'), Buffer.from(wav), args.join(' '));
  }
  const weights = read('W.safetensors');
  symlinkSync('W.safetensors', join(folder, 'V.safetensors'));
  for (const output of ['W.safetensors', './W.safetensors', 'here/W.safetensors', 'V.safetensors']) {
    const { code, stderr } = await edgel3('models', 'convert', '--overwrite', 'W.safetensors', output);
    assert.equal(code, 1);
    assert.match(stderr, /^edgel3: [^\n]* is the file to convert; [^\n]*\n$/);
  }
  const other = await edgel3('models', 'convert', 'W.safetensors', 'a.wav');
  assert.equal(other.code, 1);
  assert.match(other.stderr, /^edgel3: a\.wav is there already, and is not replaced/);
  assert.deepEqual([read('W.safetensors'), read('a.wav')], [weights, Buffer.from(wav)]);
  assert.equal((await edgel3('models', 'convert', 'W.safetensors', 'b.wav', '--overwrite')).code, 0);
});

test('two sounds with one name: the remedy is named, and it works', async () => {
  write('a.aiff');
  const clash = await edgel3('a.wav', 'a.aiff');
  assert.equal(clash.code, 1);
  assert.match(
    clash.stderr,
    /^edgel3: a\.aiff would have the same output as a\.wav, a\.npz; --keep-extension gives each its own\.\n$/,
  );
  // In a run of its own as well: the output says of which sound it is.
  const lost = await edgel3('a.aiff');
  assert.deepEqual([lost.code, lost.stdout], [1, '']);
  assert.match(
    lost.stderr,
    /^edgel3: a\.npz is there already, [^\n]*input name is "a\.wav" there, and "a\.aiff" here\. --keep-extension [^\n]*\n$/,
  );
  const kept = await edgel3('--keep-extension', 'a.wav', 'a.aiff');
  assert.equal(kept.code, 0);
  assert.deepEqual(linesOf(kept.stdout), [
    '2 done',
    'a.aiff -> a.aiff.npz (11 x 64)',
    'a.wav -> a.wav.npz (11 x 64)',
  ]);
  assert.equal(
    (await edgel3('--keep-extension', '-x', 'emb', 'a.wav')).stdout,
    'a.wav -> a.wav_emb.npz (11 x 64)\n',
  );
});

test('of two processes with one output, one says that it did not write it', async () => {
  make('out');
  make('sub');
  write('sub/a.wav', wavFile({ data: new Uint8Array(320_000) }));
  const children = ['a.wav', 'sub/a.wav'].map((input) => outcome(start(folder, ['-o', 'out', input]), ''));
  const outcomes = await Promise.all(children);
  const losers = outcomes.filter(({ stderr }) => /a\.npz is there already, and was not made as/.test(stderr));
  assert.equal(losers.length, 1, JSON.stringify(outcomes));
  assert.deepEqual(outcomes.map(({ code }) => code).sort(), [0, 1]);
  assert.deepEqual(readdirSync(join(folder, 'out')), ['a.npz']);
});

test('of two processes with the same sound, the one that comes later skips it', async () => {
  make('out');
  write('a.wav', wavFile({ data: new Uint8Array(320_000) }));
  const children = [1, 2].map(() => outcome(start(folder, ['-q', '-o', 'out', 'a.wav']), ''));
  for (const { code, stderr } of await Promise.all(children)) {
    assert.equal(code, 0);
    assert.match(stderr, /^(edgel3: a\.wav: warning: The audio is silent[^\n]*\n)?$/);
  }
  assert.deepEqual(readdirSync(join(folder, 'out')), ['a.npz']);
});

test('an output is skipped only where it was made of the same sound with the same options', async () => {
  for (const format of ['npz', 'json']) {
    assert.equal((await edgel3('--format', format, 'a.wav')).code, 0);
    const again = await edgel3('--format', format, 'a.wav');
    assert.deepEqual([again.code, again.stderr], [0, '']);
    assert.match(again.stdout, /: skipped, /);
    for (const [options, difference] of /** @type {[string[], RegExp][]} */ ([
      [['-t', '0.5'], /--hop-size is 0\.1 there, and 0\.5 here/],
      [['-n'], /center is true there, and false here/],
      [
        ['--model-type', 'sea', '--model', goldenModelPath('sea128')],
        /model is "sea64[^"]*" there, and "[^"]*" here; sha256 is /,
      ],
    ])) {
      const before = read(`a.${format}`);
      const { code, stdout, stderr } = await edgel3('--format', format, ...options, 'a.wav');
      assert.deepEqual([code, stdout], [1, ''], stderr);
      assert.match(stderr, difference);
      assert.match(stderr, /^[^\n]*\n$/);
      assert.deepEqual(read(`a.${format}`), before);
    }
  }
  write('a.wav', Buffer.concat([wav, Buffer.alloc(2)]));
  const changed = await edgel3('a.wav');
  assert.equal(changed.code, 1);
  assert.match(changed.stderr, /input bytes is \d+ there, and \d+ here; input modified is /);
  assert.equal((await edgel3('--overwrite', '-t', '0.5', 'a.wav')).code, 0);
  assert.equal((await edgel3('-t', '0.5', 'a.wav')).code, 0);
});

test('outputs that cannot say how they were made are skipped with one warning', async () => {
  for (const name of ['a', 'b'])
    for (const ending of ['csv', 'npz']) write(`${name}.${ending}`, 'of another program');
  for (const format of ['csv', 'npz']) {
    const { code, stdout, stderr } = await edgel3('--format', format, 'a.wav', 'b.wav');
    assert.equal(code, 0);
    assert.match(
      stderr,
      /^edgel3: warning: [ab]\.(csv|npz) is there already and does not say [^\n]*--overwrite[^\n]*\n$/,
    );
    assert.match(stdout, /2 skipped: .*\(2 of them do not say how they were made: --overwrite /);
  }
});

test('what a killed process has left is removed by the next that writes there', async () => {
  const long = join(folder, 'long.wav');
  writeFileSync(long, wavFile({ data: new Uint8Array(600 * 16_000) }));
  const temporaries = () => readdirSync(folder).filter((name) => name.endsWith('.tmp'));
  const child = start(folder, ['long.wav']);
  const ended = outcome(child, '');
  while (temporaries().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  // What a process that is alive is writing stays.
  assert.equal((await edgel3('a.wav')).code, 0);
  assert.equal(temporaries().length, 1);
  child.kill('SIGKILL');
  await ended;
  assert.equal(temporaries().length, 1);
  assert.equal((await edgel3('b.wav')).code, 0);
  assert.deepEqual(temporaries(), []);
  // That of another machine, which shares the folder, stays.
  const foreign = '.edgel3-00000000-00000000-00000000-1-00000000.tmp';
  write(foreign, '');
  assert.equal((await edgel3('--overwrite', 'b.wav')).code, 0);
  assert.deepEqual(temporaries(), [foreign]);
});

test('the longest name has an output, and messages do not show what only we know', async () => {
  const name = 'x'.repeat(251);
  write(`${name}.wav`);
  const { code, stderr } = await edgel3(`${name}.wav`);
  assert.deepEqual([code, stderr], [0, '']);
  const command = `ulimit -f 1; "$@" b.wav`;
  assert.equal(shell(command).stderr, 'edgel3: b.wav: b.npz could not be written: file too large (EFBIG).\n');
});

test('paths that end with NUL may have anything in them', async () => {
  const odd = ['a\nb.wav', ' c .wav', '-q.wav', 'd\'"$x.wav', 'ä ö.wav'];
  for (const name of odd) write(name);
  for (const flag of ['-0', '--null']) {
    const { code, stdout } = await run(folder, [flag, '--overwrite', '--files-from', '-'], odd.join('\0'));
    const files = linesOf(stdout).map((line) => JSON.parse(line).file);
    assert.deepEqual([code, files.sort()], [0, [...odd].sort()]);
  }
  assert.equal((await edgel3('-0', 'a.wav')).code, 2);
});

test('one file in two spellings is one', async () => {
  make('d');
  write('d/a.wav');
  symlinkSync('d', join(folder, 'e'));
  const { code, stdout, stderr } = await edgel3(
    '-j',
    '1',
    'd/a.wav',
    './d/a.wav',
    'd//a.wav',
    'e/a.wav',
    'd',
  );
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^d\/a\.wav -> d\/a\.npz /m);
  assert.match(stdout, /\n1 done, passed over: 4 \(a file that was named before\)\n$/);
});

test('a path through a link goes through the link', async () => {
  make('far/away');
  symlinkSync(join('far', 'away'), join(folder, 'link'));
  write('far/s.wav');
  assert.equal((await edgel3('-o', 'link/..', 'a.wav')).code, 0);
  assert.equal((await edgel3('link/../s.wav')).code, 0);
  assert.deepEqual(readdirSync(join(folder, 'far')).sort(), ['a.npz', 'away', 's.npz', 's.wav']);
  assert.equal((await edgel3('--overwrite', 'link/..')).code, 0);
  assert.equal((await edgel3('-r', '--overwrite', '-o', 'link/..', 'far')).code, 0);
});

test('a sound without samples is empty audio', async () => {
  write('empty.wav', wavFile({ data: new Uint8Array(0) }));
  const { code, stdout } = await run(folder, ['--files-from', '-'], 'empty.wav\n');
  assert.deepEqual([code, JSON.parse(stdout).code], [1, 'audio_empty']);
});

test('a published model has a name, and a file of this name comes first', async () => {
  const NAME = 'edgel3_sea_ust_audio_emb_64';
  const missing = await edgel3('--model', NAME, 'a.wav');
  assert.equal(missing.code, 1);
  assert.match(
    missing.stderr,
    /^edgel3: edgel3_sea_ust_audio_emb_64 has not been fetched: run 'edgel3 models fetch /,
  );
  make('cache/models');
  write(`cache/models/${NAME}.h5.gz`, 'no model');
  const env = { ...process.env, EDGEL3_CACHE: join(folder, 'cache') };
  const embedIn = (/** @type {string} */ cwd) => {
    const args = [program, '--model', NAME, '--overwrite', join(folder, 'a.wav')];
    return spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
  };
  write(NAME, readFileSync(goldenModelPath('sea64')));
  assert.match(embedIn(folder).stdout, /\(11 x 64\)\n$/);
  assert.equal(embedIn(join(folder, 'cache')).status, 1);
  write(`cache/models/${NAME}.h5.gz`, readFileSync(goldenModelPath('sea64')));
  assert.match(embedIn(join(folder, 'cache')).stdout, /\(11 x 64\)\n$/);
});

test('standard output that nobody reads ends it as a signal does', () => {
  const { stderr } = shell('set -o pipefail; "$@" models list | head -c 1 > /dev/null; echo $? >&2');
  assert.match(stderr, /^(0|141)\n$/);
});

test('a closed descriptor does no harm', () => {
  const { code } = shell('"$@" a.wav >&-');
  assert.equal(code, 0);
  assert.ok(openSync(join(folder, 'a.npz'), 'r') > 0);
});
