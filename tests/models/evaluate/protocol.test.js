// Tiny sets of the layouts in which ESC-50 and UrbanSound8K are published.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { spread } from '../../../models/evaluate/cross_validate.js';
import { sound } from '../../web/support/sounds.js';
import { int16, wavFile } from '../../web/support/wav_file.js';

const program = fileURLToPath(new URL('../../../models/evaluate/evaluate.js', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'edgel3-protocol-'));
after(() => rmSync(root, { recursive: true }));

const noise = sound(9000, 8000);
/** @type {Record<string, (index: number) => number>} */
const KINDS = { tone: (index) => Math.sin(index * 0.7), noise: (index) => noise[index] };

/** @param {string} path @param {string} kind of KINDS @param {number} take @param {number} [length] samples */
function writeClip(path, kind, take, length = 9000) {
  mkdirSync(dirname(path), { recursive: true });
  const samples = Array.from({ length }, (_, n) => Math.round((6000 + 1500 * take) * KINDS[kind](n)));
  writeFileSync(path, wavFile({ data: int16(samples) }));
}

/**
 * @param {string} name
 * @param {number} folds
 * @param {(kind: string, fold: number) => string} labelOf
 * @returns {string} folder of a set as ESC-50 is
 */
function makeEsc50(name, folds, labelOf) {
  const folder = join(root, name);
  const lines = ['filename,fold,target,category,esc10,src_file,take'];
  for (let fold = 1; fold <= folds; fold++) {
    for (const kind of Object.keys(KINDS)) {
      for (const take of [1, 2]) {
        const filename = `${fold}-${100 * fold + take}-A-${kind}.wav`;
        writeClip(join(folder, 'audio', filename), kind, take);
        lines.push(`${filename},${fold},0,${labelOf(kind, fold)},False,${fold},A`);
      }
    }
  }
  mkdirSync(join(folder, 'meta'));
  writeFileSync(join(folder, 'meta', 'esc50.csv'), `${lines.join('\n')}\n`);
  return folder;
}

/** @param {...string} args */
function evaluate(...args) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, stderr, lines: stdout.trimEnd().split('\n') };
}

test('ESC-50: every fold is recognised by what the others taught', () => {
  const { status, stderr, lines } = evaluate(
    '--esc50',
    makeEsc50('esc50', 3, (kind) => kind),
  );
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(lines[0], /^ESC-50: 12 clips, 2 labels, sea64-sparse\d+$/);
  assert.deepEqual(
    lines.slice(1).map((line) => line.trim().split(/\s+/)),
    [
      ['fold', 'clips', 'linear', 'MLP'],
      ['1', '4', '100.0', '100.0'],
      ['2', '4', '100.0', '100.0'],
      ['3', '4', '100.0', '100.0'],
      ['mean', '100.0', '100.0'],
      ['deviation', '0.0', '0.0'],
    ],
  );
});

test('nothing of a fold is learned before it is judged: where the labels change sides, all is wrong', () => {
  const labelOf = (/** @type {string} */ kind, /** @type {number} */ fold) =>
    (kind === 'tone') === (fold === 1) ? 'x' : 'y';
  const { lines } = evaluate('--esc50', makeEsc50('changing', 2, labelOf));
  assert.match(String(lines.at(-2)), /^mean +0\.0 +0\.0$/);
});

test('UrbanSound8K: a folder for each fold, clips of less than a second among them', () => {
  const folder = join(root, 'urbansound8k');
  const lines = ['slice_file_name,fsID,start,end,salience,fold,classID,class'];
  for (const fold of [1, 10]) {
    for (const [classId, kind] of Object.keys(KINDS).entries()) {
      const name = `${fold}-${classId}-0-0.wav`;
      writeClip(join(folder, 'audio', `fold${fold}`, name), kind, 1, 4000);
      lines.push(`${name},${fold},0.0,0.5,1,${fold},${classId},${kind}`);
    }
  }
  mkdirSync(join(folder, 'metadata'));
  writeFileSync(join(folder, 'metadata', 'UrbanSound8K.csv'), `${lines.join('\r\n')}\r\n`);
  const { status, lines: printed } = evaluate('--urbansound8k', folder);
  assert.equal(status, 0);
  assert.match(printed[0], /^UrbanSound8K: 4 clips, 2 labels/);
  assert.match(printed[3], /^10 +2 +100\.0 +100\.0$/);
});

test('the mean, and the standard deviation of a sample', () => {
  assert.deepEqual(spread([1, 2, 3, 6]), { mean: 3, deviation: Math.sqrt(14 / 3) });
});

test('what is missing is named', () => {
  const folder = makeEsc50('incomplete', 2, (kind) => kind);
  rmSync(join(folder, 'audio', '2-201-A-tone.wav'));
  for (const [args, message] of /** @type {[string[], RegExp][]} */ ([
    [['--esc50', folder], /2-201-A-tone\.wav/],
    [['--esc50', join(root, 'nothing')], /does not hold ESC-50: \S+esc50\.csv could not be read \(ENOENT\)/],
    [['--urbansound8k', folder], /does not hold UrbanSound8K/],
    [['a', 'b', 'c', '--esc50', folder], /nothing else but a model.*npm run/s],
    [['--esc50', folder, '--label', 'a=b', '--fold', 'c'], /nothing else but a model/],
    [['missing.h5', '--esc50', folder], /missing\.h5/],
  ])) {
    const { status, stderr } = evaluate(...args);
    assert.equal(status, 1);
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n\s+at /);
  }
});
