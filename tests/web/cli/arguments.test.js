import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../web/cli/arguments.js';
import { EMBED_OPTIONS, toEmbedArguments } from '../../../web/cli/embed_arguments.js';
import { UsageError } from '../../../web/cli/usage_error.js';

const NOTHING = {
  combine: undefined,
  table: {},
  filesFrom: undefined,
  isNullSeparated: false,
  recursive: false,
  overwrite: false,
  quiet: false,
};

const parseArguments = (/** @type {string[]} */ args) => toEmbedArguments(parse(args, EMBED_OPTIONS));

test('what is not said is left to the library', () => {
  const { jobs, model, ...rest } = parseArguments(['a.wav']);
  assert.deepEqual(rest, { ...NOTHING, inputs: ['a.wav'], file: { center: true } });
  assert.deepEqual(model, { workers: jobs });
  assert.ok(jobs >= 1 && jobs <= 8);
});

test("all of upstream's flags, in either form", () => {
  const expected = {
    ...NOTHING,
    inputs: ['a.wav', 'b.wav'],
    quiet: true,
    jobs: 2,
    model: { workers: 2, modelType: 'sparse', embDim: 64, retrainType: 'kd', sparsity: 53.5 },
    file: { outputDir: '/output/dir', suffix: 'suffix', hopSize: 0.5, center: false },
  };
  const long =
    'a.wav --output-dir /output/dir --suffix suffix --model-type sparse --emb-dim 64 --retrain-type kd --model-sparsity 53.5 --no-centering --hop-size 0.5 --quiet b.wav --jobs 2';
  const short =
    'a.wav -o /output/dir -x suffix -mtype sparse -e 64 -retrain kd -sp 53.5 -n -t 0.5 -q b.wav -j 2';
  const joined = '-o/output/dir -xsuffix -mtype=sparse -e64 -retrain=kd -sp=53.5 -nqt0.5 -j2 a.wav b.wav';
  for (const line of [long, short, joined]) assert.deepEqual(parseArguments(line.split(' ')), expected);
});

test("upstream's long options may be abbreviated, as argparse has it", () => {
  const line =
    '--out=/output/dir --s x --model-t sea --e 64 --ret kd --model-s 53.5 --no --hop 0.5 --q a.wav';
  const { model, file, quiet, inputs } = parseArguments([...line.split(' '), '--', '--hop']);
  assert.deepEqual([inputs, quiet], [['a.wav', '--hop'], true]);
  const { workers, ...named } = model;
  assert.deepEqual(named, { modelType: 'sea', embDim: 64, retrainType: 'kd', sparsity: 53.5 });
  assert.deepEqual(file, { outputDir: '/output/dir', suffix: 'x', hopSize: 0.5, center: false });
  for (const option of ['--model-', '--hops', '--over', '--=1']) {
    assert.throws(() => parseArguments([option, 'a.wav']), UsageError, option);
  }
  assert.equal(parseArguments(['--model', 'x.h5', 'a.wav']).model.source, 'x.h5');
});

test('numbers that are none', () => {
  for (const value of ['', ' ', 'hello', 'NaN', '1,5', '0.1s']) {
    for (const option of ['-t', '-sp', '-e', '-j']) {
      assert.throws(() => parseArguments([option, value, 'a.wav']), UsageError, `${option} ${value}`);
    }
  }
  assert.equal(parseArguments(['-t', '1e-1', 'a.wav']).file.hopSize, 0.1);
});

test('behind -- everything is a file', () => {
  assert.deepEqual(parseArguments(['-q', '--', '-sp', '-o', '--help']).inputs, ['-sp', '-o', '--help']);
});

test('what is none is named, with what was probably meant, and so is a value that is missing', () => {
  for (const [args, message] of /** @type {const} */ ([
    [['--hopsize', '1'], 'there is no option --hopsize; did you mean --hop-size?'],
    [['--over'], 'there is no option --over; did you mean --overwrite?'],
    [['--model_type=sea'], 'there is no option --model_type; did you mean --model-type?'],
    [['-mtyp', 'sea'], 'there is no option -mtyp; did you mean -mtype?'],
    [['-overwrite'], 'there is no option -overwrite; did you mean --overwrite?'],
    [['-format=csv'], 'there is no option -format; did you mean --format?'],
    [['--sample-rate', '8000'], 'there is no option --sample-rate'],
    [['-z'], 'there is no option -z'],
    [['-qz'], 'there is no option -qz'],
    [['-o'], '--output-dir needs a value: --output-dir DIR'],
    [
      ['--suffix', '--quiet'],
      '--suffix needs a value, but --quiet follows; if that is meant, write --suffix=--quiet',
    ],
    [['--quiet=yes'], "--quiet takes no value, but has 'yes'"],
  ])) {
    assert.throws(() => parseArguments([...args]), { constructor: UsageError, message });
  }
});

test('values behind one letter, as argparse has them', () => {
  const { file, model } = parseArguments(['-x=foo', '-o=out', '-t=0.5', '-e=64', 'a.wav']);
  assert.deepEqual(file, { outputDir: 'out', suffix: 'foo', hopSize: 0.5, center: true });
  assert.equal(model.embDim, 64);
  assert.equal(parseArguments(['-x==foo']).file.suffix, '=foo');
  assert.equal(parseArguments(['-x', '=foo']).file.suffix, '=foo');
  assert.equal(parseArguments(['--suffix==foo']).file.suffix, '=foo');
  assert.equal(parseArguments(['--suffix=--quiet']).file.suffix, '--quiet');
  assert.equal(parseArguments(['-t', '-1']).file.hopSize, -1);
  assert.equal(parseArguments(['--files-from', '-']).filesFrom, '-');
});
