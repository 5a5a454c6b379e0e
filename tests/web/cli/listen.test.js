import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeFolder, run, start } from '../support/command_line.js';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const examples = fileURLToPath(new URL('../../../examples/sounds', import.meta.url));
const samplesOf = (/** @type {string} */ name) => readFileSync(join(examples, name)).subarray(44);

/** Two seconds of each at 8 kHz, 16 bits. */
const bird = samplesOf('unknown.wav');
const engine = samplesOf('taught/engine/engine-1.wav');

const folder = makeFolder();
before(async () => {
  const { code, stderr } = await run(folder, [
    'teach',
    join(examples, 'taught'),
    '-o',
    'my-sounds.json',
    '-q',
  ]);
  assert.deepEqual([code, stderr], [0, '']);
});

/** @param {string} text of jsonl @returns {any[]} */
function objectsOf(text) {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/**
 * A program whose standard input stays open.
 *
 * @param {string[]} args
 */
function open(args) {
  const child = start(folder, args);
  child.stdin.on('error', () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => child.on('close', resolve));
  return {
    child,
    ended,
    write: (/** @type {Uint8Array} */ bytes) => child.stdin.write(bytes),
    nextLine: async () => (await lines.next()).value,
    restOfLines: async () => {
      const rest = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
  };
}

test('listen: the numbers of a file, and the time of each second', async () => {
  const samples = Array.from(sound(44_100, 16_000), (sample) => Math.round(sample * 2 ** 15));
  writeFileSync(join(folder, 'sound.wav'), wavFile({ data: int16(samples), sampleRate: 16_000 }));
  const file = await run(folder, ['-n', '-t', '1', '--format', 'jsonl', 'sound.wav', '-q']);
  assert.equal(file.code, 0);
  const expected = objectsOf(readFileSync(join(folder, 'sound.jsonl'), 'utf8'));
  const from = Date.now();
  const bare = await run(folder, ['listen', '--rate', '16000'], int16(samples));
  assert.deepEqual([bare.code, bare.stderr], [0, '']);
  const listened = objectsOf(bare.stdout);
  assert.deepEqual(
    listened.map(({ start, embedding }) => ({ timestamp: start, embedding })),
    expected,
  );
  for (const { time, start, end } of listened) {
    assert.equal(end, start + 1);
    const heard = Date.parse(time);
    assert.ok(heard >= from - 2757 && heard <= Date.now(), time);
  }
  const wav = await run(folder, ['listen'], readFileSync(join(folder, 'sound.wav')));
  const embeddings = objectsOf(wav.stdout).map(({ embedding }) => embedding);
  assert.deepEqual(
    embeddings,
    expected.map(({ embedding }) => embedding),
  );
});

for (const [encoding, toBytes] of /** @type {[string, (sample: number) => number[]][]} */ ([
  ['u8', (sample) => [(sample >> 8) + 128]],
  ['s24le', (sample) => [0, ...new Uint8Array(Int16Array.of(sample).buffer)]],
  ['s32le', (sample) => [0, 0, ...new Uint8Array(Int16Array.of(sample).buffer)]],
  ['f32le', (sample) => [...new Uint8Array(Float32Array.of(sample / 2 ** 15).buffer)]],
  ['f64le', (sample) => [...new Uint8Array(Float64Array.of(sample / 2 ** 15).buffer)]],
])) {
  test(`listen: ${encoding}, two channels, hears what 16 bits do`, async () => {
    // Multiples of 256, which 8 bits hold too.
    const samples = Array.from(sound(12_000, 8000), (sample) => 256 * Math.round(100 * sample));
    const both = samples.flatMap((sample) => [sample, sample].flatMap(toBytes));
    const args = ['listen', '--rate', '8000', '--channels', '2', '--encoding', encoding];
    const other = await run(folder, args, Uint8Array.from(both));
    const mono = await run(folder, ['listen', '--rate', '8000'], int16(samples));
    const embeddings = (/** @type {string} */ text) => objectsOf(text).map(({ embedding }) => embedding);
    assert.deepEqual(embeddings(other.stdout), embeddings(mono.stdout));
  });
}

test('listen: while the pipe is open, seconds come as they are heard, and sounds when they are over', async () => {
  const { child, ended, write, nextLine, restOfLines } = open([
    'listen',
    '--rate',
    '8000',
    '--with',
    'my-sounds.json',
  ]);
  write(bird);
  const first = JSON.parse(await nextLine());
  assert.deepEqual([first.start, first.end, first.embedding.length], [0, 1, 64]);
  write(engine);
  let line = JSON.parse(await nextLine());
  const seconds = [];
  for (; line.label === undefined; line = JSON.parse(await nextLine())) seconds.push(line.start);
  assert.deepEqual([line.label, line.start], ['bird', 0]);
  assert.ok(line.end >= 1.5 && line.end <= 2.5, String(line.end));
  assert.deepEqual(
    seconds,
    seconds.map((_, k) => k + 1),
  );
  // The engine is still heard; it is told when the run is ended.
  child.kill('SIGTERM');
  const rest = (await restOfLines()).map((text) => JSON.parse(text));
  assert.equal(await ended, 143);
  assert.equal(rest.at(-1).label, 'engine');
});

test('listen: nobody reads any more, or nothing comes: it ends', async () => {
  const unread = open(['listen', '--rate', '8000']);
  unread.write(bird);
  await unread.nextLine();
  unread.child.stdout.destroy();
  unread.write(bird);
  unread.write(bird);
  assert.equal(await unread.ended, 141);
  const silent = await run(folder, ['listen', '--rate', '8000'], '');
  assert.deepEqual([silent.code, silent.stdout], [1, '']);
  assert.match(silent.stderr, /^edgel3: [^\n]*no samples[^\n]*\n$/);
});

test('listen --with what another network was taught: one line, exit code 1', async () => {
  const taught = JSON.parse(readFileSync(join(folder, 'my-sounds.json'), 'utf8'));
  taught.model.sha256 = '0'.repeat(64);
  writeFileSync(join(folder, 'other.json'), JSON.stringify(taught));
  for (const command of ['listen', 'classify']) {
    const args = [
      command,
      '--rate',
      '8000',
      '--with',
      'other.json',
      ...(command === 'classify' ? ['-'] : []),
    ];
    const { code, stderr } = await run(folder, args, bird);
    assert.equal(code, 1);
    assert.match(stderr, /^edgel3: [^\n]*network[^\n]*\n$/);
  }
});

test('classify: of bare samples from a pipe that stays open, sounds are printed when they are over', async () => {
  const { child, ended, write, nextLine } = open([
    'classify',
    '--with',
    'my-sounds.json',
    '--rate',
    '8000',
    '-',
  ]);
  write(bird);
  write(engine);
  assert.match(await nextLine(), /^- {2}0 {2}[12](\.\d+)? {2}bird {2}/);
  write(bird);
  assert.match(await nextLine(), /^- {2}[12](\.\d+)? {2}[34](\.\d+)? {2}engine {2}/);
  child.stdin.end();
  assert.match(await nextLine(), /^- {2}[34](\.\d+)? {2}6 {2}bird {2}/);
  assert.equal(await ended, 0);
});

test('classify and listen take the distance of windows that was taught', async () => {
  const teaching = ['teach', join(examples, 'taught'), '-o', 'coarse.json', '--hop-size', '0.5', '-q'];
  assert.equal((await run(folder, teaching)).code, 0);
  const file = join(examples, 'unknown.wav');
  const own = await run(folder, ['classify', '--with', 'coarse.json', '--format', 'jsonl', file]);
  const same = await run(folder, [
    'classify',
    '--with',
    'coarse.json',
    '-t',
    '0.5',
    '--format',
    'jsonl',
    file,
  ]);
  const other = await run(folder, ['classify', '--with', 'my-sounds.json', '--format', 'jsonl', file]);
  assert.equal(own.stdout, same.stdout);
  assert.equal(JSON.parse(other.stdout).label, 'bird');
  // Windows of the whole file come twice as often as the lines do.
  const lines = await run(folder, ['listen', '--with', 'coarse.json', '-j', '1'], readFileSync(file));
  assert.deepEqual(
    objectsOf(lines.stdout).map(({ start, label }) => [start, label]),
    [
      [0, undefined],
      [1, undefined],
      [0, 'bird'],
    ],
  );
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
test('the service in docs/sensor.md is one', { skip: !hasSystemd && 'there is no systemd-analyze' }, () => {
  const page = readFileSync(new URL('../../../docs/sensor.md', import.meta.url), 'utf8');
  const [, unit] = /^```ini edgel3\.service\n(.*?)^```$/ms.exec(page) ?? [];
  const file = join(folder, 'edgel3.service');
  writeFileSync(file, unit);
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(unit, /\| edgel3 listen --rate 48000 --jobs 1 /);
});
