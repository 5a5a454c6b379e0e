import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { convertModel, getEmbedding, loadEmbeddingModel } from 'edgel3';
import { toResizable, toShared, withoutMethods } from '../support/byte_sources.js';
import { goldenModel, goldenModelPath } from '../support/model_files.js';
import { sound } from '../support/sounds.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const path = goldenModelPath('sea64');
const bytes = new Uint8Array(readFileSync(path));

test('the built-in model', async () => {
  const model = await loadEmbeddingModel();
  assert.equal(model.name, 'sea64-sparse69');
  assert.equal(model.modelType, 'sea');
  assert.equal(model.embeddingDimension, 64);
  assert.equal(model.sampleRate, 8000);
  assert.ok(Math.abs(model.sparsity - 69.5) < 0.05);
  assert.ok(model.workers >= 1);
  model.close();
});

test('a model in memory that others may write to, and of other realms', async () => {
  const packed = readFileSync(fileURLToPath(import.meta.resolve('edgel3/edgel3-model.safetensors')));
  for (const [file, name] of /** @type {const} */ ([
    [bytes, 'unnamed'],
    [new Uint8Array(packed), 'sea64-sparse69'],
  ])) {
    const shared = toShared(file);
    for (const source of [
      shared,
      shared.buffer,
      toResizable(file),
      new Uint8Array(toResizable(file)),
      new DataView(toResizable(file)),
      runInNewContext('file.slice()', { file }),
      runInNewContext('file.slice().buffer', { file, Uint8Array }),
      runInNewContext('new Uint8Array(file).buffer', { file }),
      withoutMethods(new Blob([file])),
    ]) {
      const model = await loadEmbeddingModel({ source: /** @type {Uint8Array} */ (source), workers: 0 });
      assert.equal(model.name, name);
      model.close();
      if (source instanceof Blob) continue;
      const converted = await convertModel(/** @type {Uint8Array} */ (source), {
        metadata: { name: 'mine' },
      });
      assert.ok(converted.length > 0);
    }
  }
});

test('what a server gives in the stead of a model is told, with the URL', async (t) => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 293184\n';
  const answers = {
    html: '<!DOCTYPE html><title>App</title>',
    lfs: pointer,
    nothing: '',
    json: '{"error":1}',
  };
  const server = createServer(({ url }, response) => {
    response.end(answers[/** @type {keyof typeof answers} */ (String(url).slice(1))]);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  for (const [path, said] of Object.entries({
    html: /\/html is a page of text \(HTML or XML\), perhaps what a server said/,
    lfs: /\/lfs is a pointer of Git LFS, not the file itself: fetch it with 'git lfs pull'/,
    nothing: /\/nothing is empty\.$/,
    json: /\/json gave is no model file: 11 bytes that begin with "\{\\"error\\":1\}"\.$/,
  })) {
    const source = `http://127.0.0.1:${port}/${path}`;
    for (const onProgress of [undefined, () => {}]) {
      await assert.rejects(loadEmbeddingModel({ source, onProgress }), {
        name: 'EdgeL3Error',
        message: said,
      });
    }
  }
});

test('a Keras file by path, URL, bytes, Blob and File', async () => {
  for (const [source, name] of /** @type {const} */ ([
    [path, 'synthetic_sea64'],
    [pathToFileURL(path), 'synthetic_sea64'],
    [String(pathToFileURL(path)), 'synthetic_sea64'],
    [bytes, 'unnamed'],
    [Buffer.from(bytes), 'unnamed'],
    [bytes.slice().buffer, 'unnamed'],
    [new Blob([bytes]), 'unnamed'],
    [new File([bytes], 'mine.h5.gz'), 'mine'],
    [goldenModel('sea64'), 'unnamed'],
    [await convertModel(bytes, { metadata: { name: 'converted' } }), 'converted'],
  ])) {
    const model = await loadEmbeddingModel({ source });
    assert.equal(model.name, name);
    assert.equal(model.modelType, 'sea');
    model.close();
  }
});

test('a model over HTTP, with progress in bytes', async (t) => {
  const server = createServer((request, response) => {
    if (request.url !== '/models/sea64.h5.gz?v=1') response.writeHead(404).end('Not found');
    else response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  /** @type {unknown[]} */
  const progress = [];
  const model = await loadEmbeddingModel({
    source: `http://127.0.0.1:${port}/models/sea64.h5.gz?v=1`,
    onProgress: (step) => progress.push(step),
  });
  assert.equal(model.name, 'sea64');
  assert.deepEqual(progress.at(-1), { stage: 'load', done: bytes.length, total: bytes.length });
  model.close();
  await assert.rejects(loadEmbeddingModel({ source: new URL(`http://127.0.0.1:${port}/other`) }), {
    code: 'file_not_found',
    message: /404/,
  });
  server.closeAllConnections();
  server.close();
  await assert.rejects(loadEmbeddingModel({ source: `http://127.0.0.1:${port}/` }), {
    code: 'file_unreadable',
  });
});

test('a model whose download breaks off, or is only a part, is no damaged model', async (t) => {
  const half = bytes.subarray(0, bytes.length / 2);
  const server = createServer((request, response) => {
    if (request.url === '/part') response.writeHead(206, { 'content-length': half.length }).end(half);
    else response.writeHead(200, { 'content-length': bytes.length }).write(half, () => response.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  for (const path of ['broken', 'part']) {
    for (const onProgress of [undefined, () => {}]) {
      await assert.rejects(loadEmbeddingModel({ source: `http://127.0.0.1:${port}/${path}`, onProgress }), {
        name: 'EdgeL3Error',
        code: 'file_unreadable',
      });
    }
  }
});

test('the total is that of the file, even where a server compresses and says less', async (t) => {
  const unpacked = gunzipSync(bytes);
  const converted = await convertModel(bytes);
  const files = { '/model.h5': unpacked, '/model.safetensors': converted, '/model.h5.gz': bytes };
  const server = createServer((request, response) => {
    const content = gzipSync(files[/** @type {keyof typeof files} */ (request.url)]);
    response.writeHead(200, { 'content-length': content.length, 'content-encoding': 'gzip' }).end(content);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  t.after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  for (const [path, { length }] of Object.entries(files)) {
    /** @type {(number | undefined)[]} */
    const totals = [];
    const model = await loadEmbeddingModel({
      source: `http://127.0.0.1:${port}${path}`,
      onProgress: ({ total }) => totals.push(total),
    });
    model.close();
    assert.equal(totals.pop(), length);
    // Gzip inside gzip: nobody knows before the end.
    const known = path.endsWith('.gz') ? undefined : length;
    assert.deepEqual([...new Set(totals)], [known]);
  }
});

test('the WebAssembly module by path, URL, bytes and compiled', async () => {
  const file = fileURLToPath(import.meta.resolve('edgel3/edgel3.wasm'));
  const module = readFileSync(file);
  const results = [];
  const audio = sound(8000, 8000);
  for (const workers of [0, 1]) {
    for (const wasm of [
      file,
      pathToFileURL(file),
      module,
      new Blob([module]),
      await WebAssembly.compile(module),
    ]) {
      const model = await loadEmbeddingModel({ wasm, workers });
      assert.equal(model.workers, workers);
      results.push((await getEmbedding(audio, 8000, { model })).embedding);
      model.close();
    }
  }
  for (const result of results) assert.deepEqual(result, results[0]);
});

test('what is no module of this library', async () => {
  const foreign = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  for (const [wasm, code] of /** @type {[any, string][]} */ ([
    [7, 'option_invalid'],
    [join(folder, 'nothing.wasm'), 'wasm_unavailable'],
    [Buffer.from('<!doctype html>'), 'wasm_unavailable'],
    [Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 2, 3), 'wasm_unavailable'],
    [foreign, 'wasm_unavailable'],
    [await WebAssembly.compile(foreign), 'wasm_unavailable'],
  ])) {
    await assert.rejects(loadEmbeddingModel({ wasm, workers: 0 }), { name: 'EdgeL3Error', code });
  }
});

test('the embedding does not depend on the form of the file', async () => {
  const audio = sound(8000, 8000);
  const results = [];
  for (const source of [bytes, await convertModel(bytes)]) {
    const model = await loadEmbeddingModel({ source });
    results.push((await getEmbedding(audio, 8000, { model })).embedding);
    model.close();
  }
  assert.deepEqual(results[0], results[1]);
});

test('a published model comes from the cache', async (t) => {
  const before = process.env.EDGEL3_CACHE;
  t.after(() => {
    if (before === undefined) delete process.env.EDGEL3_CACHE;
    else process.env.EDGEL3_CACHE = before;
  });
  process.env.EDGEL3_CACHE = folder;
  await assert.rejects(loadEmbeddingModel({ modelType: 'sea', embDim: 64 }), {
    code: 'model_not_found',
    message: /'edgel3 models fetch edgel3_sea_ust_audio_emb_64'/,
  });
  await mkdir(join(folder, 'models'));
  writeFileSync(join(folder, 'models', 'edgel3_sea_ust_audio_emb_64.h5.gz'), bytes);
  const model = await loadEmbeddingModel({ modelType: 'sea', embDim: 64 });
  assert.equal(model.name, 'edgel3_sea_ust_audio_emb_64');
  model.close();
});

test('options that make no sense', async () => {
  for (const options of [
    { source: 7 },
    { source: {} },
    { source: path, modelType: 'sparse' },
    { source: path, sparsity: 87 },
    { source: path, embDim: 6144 },
    { source: path, inputRepr: 'mel256' },
    { source: path, embDim: '64' },
    { modelType: 'dense' },
    { sparsity: 12 },
    { sparsty: 87 },
  ]) {
    await assert.rejects(loadEmbeddingModel(/** @type {any} */ (options)), { code: 'option_invalid' });
  }
});

test('files that are no model', async () => {
  const converted = await convertModel(bytes);
  for (const source of [
    new Uint8Array(0),
    Buffer.from('<!doctype html><title>Not found</title>'),
    bytes.subarray(0, 10_000),
    converted.subarray(0, converted.length - 1),
    converted.subarray(0, 100),
    Buffer.concat([converted, Buffer.alloc(1)]),
  ]) {
    await assert.rejects(loadEmbeddingModel({ source }), { name: 'EdgeL3Error', code: 'model_invalid' });
  }
  await assert.rejects(loadEmbeddingModel({ source: join(folder, 'nothing') }), { code: 'file_not_found' });
  await assert.rejects(loadEmbeddingModel({ source: folder }), { code: 'file_unreadable' });
});

test('a closed model says so, and may be closed again', async () => {
  const model = await loadEmbeddingModel();
  model.close();
  model.close();
  assert.equal(model.embeddingDimension, 64);
  const audio = sound(8000, 8000);
  for (const use of [
    () => getEmbedding(audio, 8000, { model }),
    () => model.melSpectrogram(audio, 8000),
    () => model.profile(),
    async () => model.stream({ sampleRate: 8000 }),
  ]) {
    await assert.rejects(use, { name: 'EdgeL3Error', code: 'closed' });
  }
});

test('Symbol.dispose closes', async (t) => {
  if (!Symbol.dispose) return t.skip('this Node has no Symbol.dispose');
  const model = await loadEmbeddingModel();
  model[Symbol.dispose]();
  await assert.rejects(getEmbedding(sound(8000, 8000), 8000, { model }), { code: 'closed' });
});

test('loading is aborted', async () => {
  const signal = AbortSignal.abort('enough');
  await assert.rejects(loadEmbeddingModel({ signal }), { code: 'aborted', cause: 'enough' });
});

test('the baseline build is used where it is asked for, and refused beside a module that is given', async () => {
  const model = await loadEmbeddingModel({ build: 'baseline', workers: 0 });
  assert.equal(model.build, 'baseline');
  model.close();
  await assert.rejects(loadEmbeddingModel({ build: /** @type {any} */ ('relaxed') }), {
    code: 'option_invalid',
  });
  await assert.rejects(loadEmbeddingModel({ build: 'auto', wasm: new Uint8Array(8) }), {
    code: 'option_invalid',
  });
});
