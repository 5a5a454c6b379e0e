import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { convertModel } from '../../../web/weights/convert.js';
import { goldenModelPath } from '../../web/support/model_files.js';
import { sound } from '../../web/support/sounds.js';
import { int16, wavFile } from '../../web/support/wav_file.js';

const program = fileURLToPath(new URL('../../../models/evaluate/evaluate.js', import.meta.url));
const builtIn = fileURLToPath(new URL('../../../models/sea64-sparse69.safetensors', import.meta.url));
const other = goldenModelPath('sea64');

const folder = mkdtempSync(join(tmpdir(), 'edgel3-evaluate-'));
after(() => rmSync(folder, { recursive: true }));
before(async () => {
  // Loud and soft ones of two kinds; 1.5 s are three windows, two of them whole, half a second is one, partly empty.
  const writeSound = (
    /** @type {string} */ name,
    /** @type {(index: number) => number} */ sample,
    length = 12_000,
  ) =>
    writeFileSync(
      join(folder, name),
      wavFile({ data: int16(Array.from({ length }, (_, i) => Math.round(sample(i)))) }),
    );
  const noise = sound(12_000, 8000);
  mkdirSync(join(folder, 'street'));
  for (const [take, level] of [6000, 9000, 12_000].entries()) {
    writeSound(`tone_${take}.wav`, (index) => level * Math.sin(index * 0.7), 4000);
    writeSound(`street/noise_${take}.wav`, (index) => level * noise[index]);
  }
  writeFileSync(join(folder, 'notes.txt'), 'no sound');
  const wide = readFileSync(goldenModelPath('sea128'));
  writeFileSync(join(folder, 'wide.safetensors'), await convertModel(wide, { modelType: 'sea' }));
});

/** @param {...string} args */
function evaluate(...args) {
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
}

/**
 * The figures of a row: files, windows, mean, 5th percentile, least; whole windows, their mean and 5th percentile.
 *
 * @param {string} stdout
 * @param {string} name
 */
function row(stdout, name) {
  const line = stdout.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  assert.ok(line, stdout);
  return line.trim().split(/\s+/).slice(1).map(Number);
}

test('a model agrees wholly with itself, in every folder', () => {
  const { stdout, status } = evaluate(builtIn, builtIn, folder);
  assert.equal(status, 0);
  assert.deepEqual(row(stdout, 'street'), [3, 9, 1, 1, 1, 6, 1, 1]);
  assert.deepEqual(row(stdout, 'all'), [6, 12, 1, 1, 1, 6, 1, 1]);
});

test('where no window is whole, there are no figures of such', () => {
  const alone = join(folder, 'street', 'short');
  mkdirSync(alone);
  copyFileSync(join(folder, 'tone_0.wav'), join(alone, 'tone_0.wav'));
  const { stdout } = evaluate(builtIn, builtIn, alone);
  rmSync(alone, { recursive: true });
  assert.match(stdout, /^short( +1){2}( +1\.0000){3} +0 +- +-$/m);
});

test('a model with other weights does not', () => {
  const [files, windows, mean, fifthPercentile, least] = row(evaluate(builtIn, other, folder).stdout, 'all');
  assert.deepEqual([files, windows], [6, 12]);
  assert.ok(mean < 0.99 && fifthPercentile <= mean && least <= fifthPercentile && least >= 0);
});

test('linear classifiers tell the kinds of sound apart by the files’ names', () => {
  const probes = ['--label', 'kind=^([a-z]+)_', '--fold', '_(.)'];
  const { stdout } = evaluate(builtIn, other, folder, ...probes);
  assert.match(stdout, /linear classifier of kind, 6 files in 3 folds: 1\.000 right, the teacher's 1\.000/);
});

test('a file that cannot be read is named, and the others count', () => {
  const broken = join(folder, 'broken.wav');
  writeFileSync(broken, 'RIFF');
  const { stdout, stderr, status } = evaluate(builtIn, builtIn, folder);
  rmSync(broken);
  assert.equal(status, 1);
  assert.match(stderr, /^\S*broken\.wav: /);
  assert.equal(row(stdout, 'all')[0], 6);
});

for (const [what, args, message] of /** @type {[string, string[], RegExp][]} */ ([
  ['an argument too few', [builtIn, builtIn], /a model, its teacher and a folder.*npm run/s],
  [
    'a label without a pattern',
    [builtIn, builtIn, folder, '--label', 'kind', '--fold', '_(.)'],
    /NAME=REGEXP/,
  ],
  ['a label without folds', [builtIn, builtIn, folder, '--label', 'kind=(.)'], /go together/],
  [
    'a single fold',
    [builtIn, builtIn, folder, '--label', 'kind=^([a-z]+)_', '--fold', '(_)'],
    /6 files.*1 folds.*two or more/,
  ],
  [
    'a fold without a group',
    [builtIn, builtIn, folder, '--label', 'kind=^([a-z]+)_', '--fold', '_'],
    /0 files.*0 folds/,
  ],
  [
    'an invalid pattern',
    [builtIn, builtIn, folder, '--label', 'kind=(', '--fold', '_(.)'],
    /regular expression/,
  ],
  [
    'models of different dimensions',
    [builtIn, join(folder, 'wide.safetensors'), folder],
    /64 numbers, the teacher 128/,
  ],
  ['a folder without sounds', [builtIn, builtIn, join(folder, '..', 'nothing')], /nothing/],
])) {
  test(`${what} is explained`, () => {
    const { stderr, status } = evaluate(...args);
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });
}
