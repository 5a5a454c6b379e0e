import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { makeFolder, root, run } from '../support/command_line.js';
import { goldenModelPath, publishedSea64 } from '../support/model_files.js';

const NAME = 'edgel3_sea_ust_audio_emb_64';

/** @type {Uint8Array | string} what the server has */
let content = '';
const server = createServer((_, response) => response.end(content));
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
after(() => server.close());
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

/** @type {string} a fresh folder with a.wav and b.wav for each test */
let folder;
beforeEach(() => {
  folder = makeFolder();
  process.env.EDGEL3_MODELS_URL = `http://127.0.0.1:${port}`;
});

const models = (/** @type {string[]} */ ...args) => run(folder, ['models', ...args]);

test("list names EdgeL3's twenty and OpenL3's six, and says which are there", async () => {
  const cache = join(root, 'cache/models');
  mkdirSync(cache, { recursive: true });
  const path = join(cache, 'edgel3_kd_audio_sparsity_87.0.h5.gz');
  writeFileSync(path, readFileSync(goldenModelPath('sparse')));
  const { code, stdout, stderr } = await models('list');
  assert.deepEqual([code, stderr], [0, '']);
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.length, 26);
  assert.ok(lines.includes(`edgel3_kd_audio_sparsity_87.0   ${path}`), stdout);
  assert.ok(lines.includes(`${NAME}     not fetched`), stdout);
});

test('fetch refuses what was not published, in one line', async () => {
  content = 'something else';
  for (const [expected, name, message] of /** @type {const} */ ([
    [1, NAME, /^edgel3: http:.* gave other bytes than were published\.\n$/],
    [2, 'sea64', /^edgel3: There is no published model 'sea64'; 'edgel3 models list' names them all\.\n$/],
  ])) {
    const { code, stdout, stderr } = await models('fetch', name);
    assert.deepEqual([code, stdout], [expected, '']);
    assert.match(stderr, message);
  }
  process.env.EDGEL3_MODELS_URL = 'http://127.0.0.1:1';
  assert.match((await models('fetch', NAME)).stderr, /^edgel3: http:.* could not be downloaded \(.*\)\.\n$/);
});

const published = publishedSea64();
test('what was fetched works without a network', {
  skip: !published && "EdgeL3's weights are not at hand",
}, async () => {
  content = /** @type {Uint8Array} */ (published);
  const path = join(root, 'cache/models', `${NAME}.safetensors`);
  assert.deepEqual(await models('fetch', NAME), { code: 0, stdout: `${NAME} -> ${path}\n`, stderr: '' });
  process.env.EDGEL3_MODELS_URL = 'http://127.0.0.1:1';
  assert.equal((await models('fetch', NAME)).code, 0);
  const { code, stdout } = await run(folder, ['-mtype', 'sea', '-e', '64', 'a.wav']);
  assert.deepEqual([code, stdout], [0, 'a.wav -> a.npz (11 x 64)\n']);
});

test('convert, and what info says of the result', async () => {
  const input = goldenModelPath('sea64');
  const lengths = [];
  for (const dtype of ['f32', 'f16']) {
    const output = `${dtype}.safetensors`;
    const { code, stdout } = await models('convert', input, output, '--dtype', dtype);
    const { length } = readFileSync(join(folder, output));
    lengths.push(length);
    assert.deepEqual([code, stdout], [0, `${input} -> ${output} (${length} bytes)\n`]);
    const info = await models('info', output);
    assert.match(
      info.stdout,
      /^type {8}sea, 8000 Hz\ndimensions {2}64\nzeros {7}[\d.]+ %\nfile {8}\d+ bytes\n$/m,
    );
  }
  assert.ok(lengths[1] < 0.6 * lengths[0], String(lengths));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  );
  const sound = await models('convert', 'a.wav', 'x.safetensors');
  assert.equal(sound.code, 1);
  assert.match(sound.stderr, /^edgel3: [^\n]*\n$/);
  assert.equal((await models('convert', input, 'x', '--dtype', 'f8')).code, 2);
});

test('command lines that make no sense: one line, exit code 2', async () => {
  for (const args of [
    [],
    ['get'],
    ['toString'],
    ['fetch'],
    ['list', 'x'],
    ['convert', 'x'],
    ['info', 'x', '--dtype', 'f16'],
    ['list', '--all'],
  ]) {
    const { code, stdout, stderr } = await models(...args);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^edgel3: [^\n]*\n$/);
  }
});

test('help', async () => {
  const { code, stdout } = await models('--help');
  assert.equal(code, 0);
  for (const word of ['list', 'fetch', 'convert', 'info', '--dtype']) assert.ok(stdout.includes(word), word);
});

test('a command that is misspelt is no file: the right one is suggested', async () => {
  for (const [typed, meant] of [
    ['model', 'models'],
    ['serch', 'search'],
    ['infos', 'info'],
  ]) {
    const { code, stdout, stderr } = await run(folder, [typed, 'list']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.equal(stderr, `edgel3: there is no file ${typed}, and no command; did you mean ${meant}?\n`);
  }
  // A file of such a name is one.
  writeFileSync(join(folder, 'model'), readFileSync(join(folder, 'a.wav')));
  assert.equal((await run(folder, ['model'])).stdout, 'model -> model.npz (11 x 64)\n');
});
