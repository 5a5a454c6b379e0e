import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { unzipSync } from 'fflate';
import npyjs from 'npyjs';
import { linesOf, makeFolder, root, run, wav } from '../support/command_line.js';
import { goldenModelPath } from '../support/model_files.js';
import { wavFile } from '../support/wav_file.js';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));

/** @type {string} a fresh folder with a.wav and b.wav for each test */
let folder;
beforeEach(() => {
  folder = makeFolder();
});

const edgel3 = (/** @type {string[]} */ ...args) => run(folder, args);

/** @param {string} file */
function readEmbedding(file) {
  const bytes = unzipSync(readFileSync(join(folder, file)))['embedding.npy'];
  return new npyjs().parse(bytes.slice().buffer);
}

test('files, with the built-in model', async () => {
  const { code, stdout, stderr } = await edgel3('a.wav', 'b.wav');
  assert.deepEqual([code, stderr], [0, '']);
  assert.deepEqual(linesOf(stdout), ['2 done', 'a.wav -> a.npz (11 x 64)', 'b.wav -> b.npz (11 x 64)']);
  assert.deepEqual(readEmbedding('a.npz').shape, [11, 64]);
});

test("upstream's flags, short and long, write the same", async () => {
  mkdirSync(join(folder, 'long'));
  mkdirSync(join(folder, 'short'));
  const long = ['--output-dir', 'long', '--suffix', 'x', '--no-centering', '--hop-size', '0.25', '--quiet'];
  const short = ['-o', 'short', '-x', 'x', '-n', '-t0.25', '-q'];
  for (const args of [long, short]) {
    assert.deepEqual(await edgel3(...args, 'a.wav'), { code: 0, stdout: '', stderr: '' });
  }
  assert.deepEqual(readEmbedding('long/a_x.npz').shape, [3, 64]);
  assert.deepEqual(readFileSync(join(folder, 'long/a_x.npz')), readFileSync(join(folder, 'short/a_x.npz')));
});

test('--profile prints a line for each part of the model and embeds nothing', async () => {
  const { code, stdout, stderr } = await edgel3('--profile', '--model', goldenModelPath('sea64'), 'a.wav');
  assert.deepEqual([code, stderr], [0, '']);
  const [title, , head, ...lines] = String(stdout).trimEnd().split('\n');
  assert.match(title, /^synthetic_sea64, /);
  assert.match(head, /^stage +time +share/);
  const convolutions = Array.from({ length: 8 }, (_, index) => `convolution ${index + 1}`);
  const stages = lines.map((line) => line.split('  ')[0]);
  assert.deepEqual(stages, ['front end', ...convolutions, 'network', 'window']);
  for (const line of lines) assert.match(line, / {2}\d+\.\d{3} {2,}\d+\.\d %/);
  assert.deepEqual(readdirSync(folder).sort(), ['a.wav', 'b.wav']);
});

test("upstream's model flags choose a published model from the cache", async () => {
  const models = join(root, 'cache', 'models');
  const missing = await edgel3('-mtype', 'sea', '-e', '64', 'a.wav');
  assert.equal(missing.code, 1);
  assert.match(
    missing.stderr,
    /^edgel3: edgel3_sea_ust_audio_emb_64 is not in .*: run 'edgel3 models fetch edgel3_sea_ust_audio_emb_64' .*\n$/,
  );
  mkdirSync(models, { recursive: true });
  writeFileSync(join(models, 'edgel3_sea_ust_audio_emb_64.h5.gz'), readFileSync(goldenModelPath('sea64')));
  writeFileSync(join(models, 'edgel3_kd_audio_sparsity_87.0.h5.gz'), readFileSync(goldenModelPath('sparse')));
  assert.equal((await edgel3('-mtype', 'sea', '-e64', 'a.wav')).code, 0);
  const sparse = await edgel3('-mtype=sparse', '-sp', '87.0', '-retrain', 'kd', '-t', '1', 'b.wav');
  assert.deepEqual([sparse.code, sparse.stdout], [0, 'b.wav -> b.npz (2 x 512)\n']);
});

test('a model of your own', async () => {
  const { code, stdout } = await edgel3('--model', goldenModelPath('sea256'), 'a.wav');
  assert.deepEqual([code, stdout], [0, 'a.wav -> a.npz (11 x 256)\n']);
  const bad = await edgel3('--model', 'a.wav', 'b.wav');
  assert.equal(bad.code, 1);
  assert.match(bad.stderr, /^edgel3: .*model.*\n$/);
});

test('a folder stands for the sound files in it, one level deep, without earlier outputs', async () => {
  for (const name of ['notes.txt', 'table.csv', '.hidden.wav']) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, 'deeper'));
  writeFileSync(join(folder, 'deeper', 'c.wav'), wav);
  for (let run = 0; run < 2; run++) {
    const { code, stdout, stderr } = await edgel3('--overwrite', folder);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(
      linesOf(stdout)
        .filter((line) => line.includes(' -> '))
        .map((line) => line.split(' ')[0]),
      [join(folder, 'a.wav'), join(folder, 'b.wav')],
    );
  }
  assert.deepEqual(readdirSync(join(folder, 'deeper')), ['c.wav']);
});

test('bad files are reported in one line each, the others are done, and the exit code is 1', async () => {
  writeFileSync(join(folder, 'empty.wav'), '');
  writeFileSync(join(folder, 'text.txt'), 'no sound');
  const { code, stdout, stderr } = await edgel3('empty.wav', 'missing.wav', 'text.txt', 'a.wav');
  assert.equal(code, 1);
  assert.equal(stdout, 'a.wav -> a.npz (11 x 64)\n1 done, 3 failed\n');
  const lines = linesOf(stderr);
  assert.equal(lines.length, 3);
  for (const name of ['empty.wav', 'missing.wav', 'text.txt']) {
    assert.ok(
      lines.some((line) => line.startsWith('edgel3: ') && line.includes(name)),
      name,
    );
  }
});

test('an output folder that does not exist is named', async () => {
  const { code, stderr } = await edgel3('-o', 'nowhere', 'a.wav');
  assert.equal(code, 1);
  assert.match(stderr, /^edgel3: a\.wav: .*there is no folder nowhere\.\n$/);
});

test('warnings name the file', async () => {
  writeFileSync(join(folder, 'silent.wav'), wavFile({ data: new Uint8Array(800) }));
  const { code, stderr } = await edgel3('-q', 'silent.wav');
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^edgel3: silent\.wav: warning: .*silent.*\nedgel3: silent\.wav: warning: .*shorter.*\n$/,
  );
});

test('command lines that make no sense: one line, exit code 2', async () => {
  for (const [message, ...args] of [
    ['no option --hopsize; did you mean --hop-size?', '--hopsize', '1', 'a.wav'],
    ['no option -z', '-z', 'a.wav'],
    ['--hop-size must be a number', '-t', 'fast', 'a.wav'],
    ['--emb-dim must be a number', '-e', '', 'a.wav'],
    ['--output-dir needs a value', 'a.wav', '-o'],
    ['no input files', '-q'],
    ['no input files'],
  ]) {
    const { code, stdout, stderr } = await edgel3(...args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^edgel3: [^\n]*\n$/);
    assert.ok(stderr.includes(message), `${stderr} should say: ${message}`);
  }
});

test('options that the library refuses: one line, exit code 2 as from argparse', async () => {
  for (const [start, ...args] of [
    ['--model-type must be one of sparse, sea', '-mtype', 'dense'],
    ['--model-sparsity must be one of 53.5, 63.5', '-sp', '12'],
    ['--retrain-type must be one of ft, kd', '-retrain', 'xx'],
    ['--emb-dim must be one of', '-e', '100'],
    ['--hop-size must be a positive number of seconds, not 0.', '-t', '0'],
    ['--hop-size must be a positive number of seconds, not -1.', '-t', '-1'],
    ['', '-t', '1e-9'],
    ['there is no option -help; did you mean --help?', '-help'],
    ['there is no option -hop-size; did you mean --hop-size?', '-hop-size', '1'],
    ['--format must be one of npz, npy', '--format', 'xml'],
  ]) {
    const { code, stdout, stderr } = await edgel3(...args, 'a.wav');
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^edgel3: [^\n]*\n$/);
    assert.ok(stderr.startsWith(`edgel3: ${start}`), stderr);
    assert.doesNotMatch(stderr, /[a-z][A-Z]/);
  }
});

test('an empty folder', async () => {
  mkdirSync(join(folder, 'empty'));
  const { code, stderr } = await edgel3('empty');
  assert.deepEqual([code, stderr], [255, 'edgel3: no sound files found in empty\n']);
});

test('names behind -- are files, whatever they look like', async () => {
  writeFileSync(join(folder, '-sp'), wav);
  const { code, stdout } = await edgel3('--', '-sp');
  assert.deepEqual([code, stdout], [0, '-sp -> -sp.npz (11 x 64)\n']);
});

test('help and version', async () => {
  const help = await edgel3('--help');
  assert.deepEqual([help.code, help.stderr], [0, '']);
  for (const flag of [
    '-o',
    '-x',
    '-mtype',
    '-e',
    '-retrain',
    '-sp',
    '-n',
    '-t',
    '-q',
    '--model',
    '--version',
    '-r',
    '-j',
    '--files-from',
    '--format',
    '--overwrite',
  ]) {
    assert.ok(help.stdout.includes(` ${flag}, `) || help.stdout.includes(` ${flag} `), flag);
  }
  assert.deepEqual(await edgel3('--version'), { code: 0, stdout: `${version}\n`, stderr: '' });
});
