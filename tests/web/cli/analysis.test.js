import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadEmbeddingModel, SoundClassifier } from 'edgel3';
import { linesOf, makeFolder, run } from '../support/command_line.js';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const examples = fileURLToPath(new URL('../../../examples/sounds', import.meta.url));

/** @type {string} a fresh folder with the example sounds for each test */
let folder;
beforeEach(() => {
  folder = makeFolder();
  cpSync(examples, folder, { recursive: true });
});

const edgel3 = (/** @type {string[]} */ ...args) => run(folder, args);

test('teach prints how well it learned, and classify recognises what it never heard', async () => {
  const taught = await edgel3('teach', 'taught', '-o', 'my-sounds.json');
  assert.deepEqual([taught.code, taught.stderr], [0, '']);
  const [head, bird, engine, accuracy, saved] = taught.stdout.split('\n');
  assert.match(head, /as bird +as engine$/);
  assert.match(bird, /^bird +3 +0$/);
  assert.match(engine, /^engine +0 +3$/);
  assert.match(accuracy, /^100 % of 6 held-out recordings right \(95 % confidence: 61 % to 100 %\)$/);
  assert.match(saved, /^6 recordings -> my-sounds\.json/);

  const { code, stdout, stderr } = await edgel3('classify', '--with', 'my-sounds.json', 'unknown.wav');
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^unknown\.wav {2}0 {2}2 {2}bird {2}(1|0\.9\d+)\n$/);

  const again = await edgel3('teach', 'taught', '-o', 'my-sounds.json');
  assert.deepEqual([again.code, again.stdout], [2, '']);
  assert.match(again.stderr, /--overwrite/);
});

test('what the command line learned is what the library reads, and answers the same', async () => {
  await edgel3('teach', 'taught', '-o', 'my-sounds.json', '-q', '--head', 'linear');
  const model = await loadEmbeddingModel({ workers: 0 });
  const classifier = SoundClassifier.fromJSON(readFileSync(join(folder, 'my-sounds.json'), 'utf8'), {
    model,
  });
  assert.deepEqual(classifier.labels, ['bird', 'engine']);
  assert.equal(await classifier.train(), 'linear');
  model.close();
});

test('classify: all formats, standard input, and bare PCM as it comes', async () => {
  await edgel3('teach', 'taught', '-o', 'my-sounds.json', '-q');
  const csv = await edgel3('classify', '--with', 'my-sounds.json', '--format', 'csv', '-r', 'taught');
  const [head, ...rows] = csv.stdout.trimEnd().split('\n');
  assert.equal(head, 'file,start,end,label,confidence');
  assert.equal(rows.length, 6);
  for (const row of rows) assert.match(row, /^taught\/(bird|engine)\/\1-\d\.wav,0,2,\1,/);
  const wav = readFileSync(join(folder, 'unknown.wav'));
  const piped = await run(folder, ['classify', '--with', 'my-sounds.json', '-'], wav);
  const raw = ['classify', '--with', 'my-sounds.json', '--rate', '8000', '--format', 'jsonl', '-'];
  const bare = await run(folder, raw, wav.subarray(44));
  assert.match(piped.stdout, /^- {2}0 {2}2 {2}bird/);
  assert.deepEqual(
    { ...JSON.parse(bare.stdout), confidence: 0 },
    { file: '-', start: 0, end: 2, label: 'bird', confidence: 0 },
  );
});

test('one bad file is reported, and the others are recognised', async () => {
  await edgel3('teach', 'taught', '-o', 'my-sounds.json', '-q');
  writeFileSync(join(folder, 'bad.wav'), 'no sound');
  const { code, stdout, stderr } = await edgel3(
    'classify',
    '--with',
    'my-sounds.json',
    'bad.wav',
    'unknown.wav',
  );
  assert.equal(code, 1);
  assert.match(stdout, /^unknown\.wav .*bird/);
  assert.match(stderr, /^edgel3: .*bad\.wav/);
});

test('search finds what is alike, not the file itself, and overlapping moments once', async () => {
  const { code, stdout } = await edgel3('search', 'taught/bird/bird-1.wav', 'taught', '-r', '-k', '2');
  assert.equal(code, 0);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('  '));
  assert.equal(rows.length, 2);
  for (const [file, , similarity] of rows) {
    assert.match(file, /bird-[23]/);
    assert.ok(Number(similarity) > 0.8);
  }
  assert.equal(new Set(rows.map(([file, time]) => `${file} ${Math.floor(Number(time))}`)).size, 2);
});

test('duplicates finds what was trimmed and made quieter', async () => {
  const wav = readFileSync(join(folder, 'taught/engine/engine-2.wav'));
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
  const quiet = Buffer.from(wav);
  for (const [n, sample] of samples.entries()) quiet.writeInt16LE(Math.round(sample / 2), 44 + 2 * n);
  writeFileSync(join(folder, 'quiet.wav'), quiet);
  // 0.23 s are missing in front; the header says more than there is, as of a stream.
  const header = wav.subarray(0, 44);
  header.writeUInt32LE(0xffffffff, 40);
  writeFileSync(join(folder, 'trimmed.wav'), Buffer.concat([header, wav.subarray(44 + 2 * 1840)]));
  const { code, stdout } = await edgel3('duplicates', 'taught', 'quiet.wav', 'trimmed.wav', '-r');
  assert.equal(code, 0);
  assert.deepEqual(stdout, 'taught/engine/engine-2.wav\nquiet.wav\ntrimmed.wav\n');
  const none = await edgel3('duplicates', 'taught', '-r', '--format', 'csv');
  assert.deepEqual([none.code, none.stdout], [0, 'group,file\n']);
});

test('duplicates finds knocks that were cut anywhere', async () => {
  const RATE = 16_000;
  // Short sounds at times that are no multiple of anything, in a little noise.
  const noise = sound(3 * RATE, RATE);
  const knocks = [0.13, 0.51, 0.97, 1.31, 1.76, 2.08, 2.49];
  const samples = Array.from({ length: 3 * RATE }, (_, n) => {
    const time = n / RATE;
    const ringing = knocks.reduce((sum, begin, k) => {
      const since = time - begin;
      return since < 0 ? sum : sum + Math.exp(-60 * since) * Math.sin(2 * Math.PI * (180 + 9 * k) * since);
    }, 0);
    return Math.round(16_000 * (0.9 * ringing + 0.004 * noise[n]));
  });
  const write = (/** @type {string} */ name, /** @type {number} */ from, /** @type {number} */ to) =>
    writeFileSync(
      join(folder, name),
      wavFile({ data: int16(samples.slice(from * RATE, to * RATE)), sampleRate: RATE }),
    );
  write('whole.wav', 0, 3);
  write('cut.wav', 0.37, 3);
  write('middle.wav', 0.29, 2.63);
  const { code, stdout } = await edgel3('duplicates', 'whole.wav', 'cut.wav', 'middle.wav', 'taught/engine');
  assert.deepEqual([code, stdout], [0, 'whole.wav\ncut.wav\nmiddle.wav\n']);
});

test('distance: none to itself, more to another', async () => {
  const same = await edgel3('distance', 'taught/bird', 'taught/bird');
  const other = await edgel3('distance', 'taught/bird', 'taught/engine', '--format', 'jsonl');
  assert.ok(Number(same.stdout) < 1e-9);
  const { distance, windows } = JSON.parse(other.stdout);
  assert.ok(distance > 10);
  assert.deepEqual(windows, [9, 9]);
});

test('map writes a page that needs nothing else, with each sound in it', async () => {
  mkdirSync(join(folder, 'x'));
  cpSync(join(folder, 'unknown.wav'), join(folder, "x/<script>'.wav"));
  const { code, stdout } = await edgel3('map', 'taught', 'x', '-r', '-o', 'map.html');
  assert.deepEqual([code, stdout], [0, '7 files -> map.html\n']);
  const page = readFileSync(join(folder, 'map.html'), 'utf8');
  assert.ok(!/(src|href)=["']?http/.test(page));
  const [, json] = /id="sounds">(.*?)<\/script>/s.exec(page) ?? [];
  const sounds = JSON.parse(json);
  assert.equal(sounds.length, 7);
  for (const { x, y, clip } of sounds) {
    assert.ok(Number.isFinite(x) && Number.isFinite(y));
    assert.equal(Buffer.from(clip, 'base64').length, 32_044);
  }
});

test('command lines that make no sense: one line, exit code 2', async () => {
  for (const args of [
    ['teach', 'taught'],
    ['teach', '-o', 'x.json'],
    ['teach', 'taught/bird', '-o', 'x.json'],
    ['teach', 'taught', '-o', 'x.json', '--head', 'mlp'],
    ['teach', 'taught', '-o', 'x.json', '--threshold', '2'],
    ['classify', 'unknown.wav'],
    ['classify', '--with', 'x.json'],
    ['classify', '--with', 'x.json', '--rate', '8000', 'unknown.wav'],
    ['classify', '--with', 'x.json', '--rate', '8000', '-', 'unknown.wav'],
    ['classify', '--with', 'x.json', '--channels', '2', '-'],
    ['classify', '--with', 'x.json', '--rate', '0', '-'],
    ['listen', 'unknown.wav'],
    ['listen', '--rate', '8000', '--encoding', 'mp3'],
    ['listen', '--rate', '8000', '--channels', '0'],
    ['listen', '--format', 'csv'],
    ['search', 'unknown.wav'],
    ['search', 'unknown.wav', 'taught', '-k', '0'],
    ['duplicates'],
    ['duplicates', 'taught', '--format', 'xml'],
    ['distance', 'taught'],
    ['map', 'taught'],
  ]) {
    const { code, stdout, stderr } = await edgel3(...args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^edgel3: [^\n]*\n$/);
  }
});

test('what was not learned here, or is missing, is said in one line', async () => {
  for (const [file, message] of /** @type {[string, RegExp][]} */ ([
    ['missing.json', /There is no file missing\.json/],
    ['unknown.wav', /no classifier/],
  ])) {
    const { code, stderr } = await edgel3('classify', '--with', file, 'unknown.wav');
    assert.equal(code, 1);
    assert.match(stderr, message);
  }
});

test('every command has a help of its own, and takes away no file', async () => {
  const all = await edgel3('--help');
  for (const name of ['teach', 'classify', 'listen', 'search', 'duplicates', 'distance', 'map']) {
    const { code, stdout } = await edgel3(name, '--help');
    assert.equal(code, 0);
    assert.ok(stdout.startsWith(`edgel3 ${name}: `));
    assert.match(all.stdout, new RegExp(`edgel3 .*\\b${name}\\b`));
  }
  cpSync(join(folder, 'unknown.wav'), join(folder, 'search'));
  const { code, stdout } = await edgel3('./search');
  assert.equal(code, 0);
  assert.match(linesOf(stdout)[0], /^\.?\/?search -> /);
});
