import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { fetchPublishedModel, listPublishedModels, loadEmbeddingModel } from 'edgel3/node';
import { findPublishedNetwork } from '../../../web/published/names.js';
import { fetchModel } from '../../../web/published/published_models.js';
import { goldenModelPath } from '../support/model_files.js';

/** @import { ServerResponse } from 'node:http' */

const content = readFileSync(goldenModelPath('sea64'));
const blob = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
const NAME = 'edgel3_sea_ust_audio_emb_64';

/** What the server does with the next request; then it gives the file, as from then on. @type {Answer[]} */
const script = [];
/** @typedef {(response: ServerResponse, start: number) => void} Answer */
/** @type {(string | undefined)[]} the ranges it was asked for */
const ranges = [];

const server = createServer((request, response) => {
  const { range } = request.headers;
  ranges.push(range);
  const start = Number(range?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
  (script.shift() ?? give)(response, start);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
after(() => server.closeAllConnections());
after(() => server.close());
const address = /** @type {import('node:net').AddressInfo} */ (server.address());
const base = `http://127.0.0.1:${address.port}/`;
/** @type {Parameters<typeof fetchModel>[1]} */
const origin = { url: `${base}${NAME}.h5.gz`, blob, license: 'MIT', identity: {} };

/** @type {Answer} */
function give(response, start) {
  const range = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': content.length - start,
    ...(start > 0 ? range : {}),
  });
  response.end(content.subarray(start));
}

/** The answer that breaks off, and after how many bytes. @type {{ response: ServerResponse, at: number } | undefined} */
let breaking;

/** What has arrived where the server hangs up too early may be lost: it waits until all of it is on the disk. */
const watching = {
  onProgress: (/** @type {import('edgel3').Progress} */ { stage, done }) => {
    if (stage === 'load' && done === breaking?.at) breaking.response.destroy();
  },
};

/** Gives half of the rest; hangs up where the call is `watching`. @type {Answer} */
function breakOff(response, start) {
  const half = start + Math.floor((content.length - start) / 2);
  const range = { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': content.length - start,
    ...(start > 0 ? range : {}),
  });
  response.write(content.subarray(start, half));
  breaking = { response, at: half };
}

/** @type {string} */
let folder;
beforeEach(() => {
  const cache = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  after(() => rmSync(cache, { recursive: true }));
  folder = join(cache, 'models');
  process.env.EDGEL3_CACHE = cache;
  process.env.EDGEL3_MODELS_URL = base;
  script.length = 0;
  ranges.length = 0;
});

test('the manifest has all published models, under the names that loading asks for', async () => {
  const names = (await listPublishedModels()).map(({ name }) => name);
  const sparsities = /** @type {const} */ ([53.5, 63.5, 72.3, 73.5, 81, 87, 90.5, 95.45]);
  const widths = /** @type {const} */ ([64, 128, 256, 512]);
  const reprs = /** @type {const} */ (['linear', 'mel128', 'mel256']);
  const contents = /** @type {const} */ (['env', 'music']);
  const expected = [
    ...['ft', 'kd'].flatMap((retrainType) =>
      sparsities.map((sparsity) =>
        findPublishedNetwork({ retrainType: /** @type {'ft'} */ (retrainType), sparsity }),
      ),
    ),
    ...widths.map((embDim) => findPublishedNetwork({ modelType: 'sea', embDim })),
    ...reprs.flatMap((inputRepr) =>
      contents.map((contentType) => findPublishedNetwork({ modelType: 'openl3', inputRepr, contentType })),
    ),
  ].map(({ name }) => name);
  assert.deepEqual(names, expected);
});

test('what was fetched is verified, converted, and found without a network', async () => {
  /** @type {import('edgel3').Progress[]} */
  const progress = [];
  const path = await fetchModel(NAME, origin, { onProgress: (step) => progress.push(step) });
  assert.deepEqual(readdirSync(folder), [`${NAME}.safetensors`]);
  const loads = progress.filter(({ stage }) => stage === 'load');
  assert.deepEqual(loads.at(-1), { stage: 'load', done: content.length, total: content.length });
  assert.ok(progress.some(({ stage }) => stage === 'convert'));
  assert.equal((await listPublishedModels()).find(({ name }) => name === NAME)?.path, path);
  process.env.EDGEL3_MODELS_URL = 'http://127.0.0.1:1/';
  assert.equal(await fetchPublishedModel(NAME), path);
  const loaded = await loadEmbeddingModel({ modelType: 'sea', embDim: 64, workers: 0 });
  assert.equal(loaded.name, NAME);
  loaded.close();
});

test('a download that breaks off is continued, as often as it takes', async () => {
  script.push(breakOff, breakOff);
  for (let round = 0; round < 2; round++) {
    await assert.rejects(fetchModel(NAME, origin, watching), {
      code: 'file_unreadable',
      message: /next try continues after/,
    });
    assert.deepEqual(readdirSync(folder), [`.${NAME}.h5.gz.part`]);
  }
  await fetchModel(NAME, origin, {});
  const [first, second, third] = ranges.map((range) => Number(range?.match(/\d+/)));
  assert.ok(Number.isNaN(first) && second > 0 && third > second, String(ranges));
  assert.deepEqual(readdirSync(folder), [`${NAME}.safetensors`]);
});

test('a server that knows no ranges, or gives another one, is understood', async () => {
  /** @type {Answer[]} */
  const answers = [
    (response) => response.writeHead(200).end(content),
    (response) =>
      response.writeHead(206, { 'content-range': `bytes 0-${content.length - 1}/*` }).end(content),
    (response) => response.writeHead(416).end(),
  ];
  for (const answer of answers) {
    script.push(breakOff, answer);
    await assert.rejects(fetchModel(NAME, origin, watching), { code: 'file_unreadable' });
    rmSync(await fetchModel(NAME, origin, {}));
  }
});

test('a beginning that does not fit is thrown away', async () => {
  script.push(breakOff);
  await assert.rejects(fetchModel(NAME, origin, watching), { code: 'file_unreadable' });
  writeFileSync(join(folder, `.${NAME}.h5.gz.part`), Buffer.alloc(1000));
  await fetchModel(NAME, origin, {});
  assert.deepEqual(ranges, [undefined, 'bytes=1000-', undefined]);
});

test('other bytes, too few, too many and none are refused, and leave nothing', async () => {
  const other = Buffer.from(content);
  other[1000] ^= 1;
  /** @type {Answer[]} */
  const answers = [
    (response) => response.end(other),
    (response) => response.end('<html>Not here</html>'),
    (response) => response.writeHead(200, { 'content-length': 5000 }).end(content.subarray(0, 5000)),
    (response) => response.end(Buffer.concat([content, Buffer.alloc(10)])),
    (response) => response.end(),
  ];
  for (const answer of answers) {
    script.push(answer);
    await assert.rejects(fetchModel(NAME, origin, {}), { code: 'file_damaged', message: /other bytes/ });
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('an answer without an end is left soon', async () => {
  script.push((response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(2 ** 20)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  });
  await assert.rejects(fetchModel(NAME, origin, {}), { code: 'file_damaged', message: /too long/ });
  assert.deepEqual(readdirSync(folder), []);
});

test('a length that is longer than what comes is a download that broke off', async () => {
  script.push((response) => {
    response.writeHead(200, { 'content-length': content.length + 1000 });
    response.write(content);
    breaking = { response, at: content.length };
  });
  await assert.rejects(fetchModel(NAME, origin, watching), { code: 'file_unreadable' });
  await fetchModel(NAME, origin, {});
  assert.deepEqual(ranges, [undefined], 'all of it was there');
});

test('a server without the file, with errors, or not there at all', async () => {
  for (const [status, code] of /** @type {const} */ ([
    [404, 'file_not_found'],
    [500, 'file_unreadable'],
  ])) {
    script.push((response) => response.writeHead(status).end('sorry'));
    await assert.rejects(fetchModel(NAME, origin, {}), { code, message: new RegExp(`answered ${status}`) });
  }
  await assert.rejects(fetchModel(NAME, { ...origin, url: 'http://127.0.0.1:1/x' }, {}), {
    code: 'file_unreadable',
  });
  assert.deepEqual(readdirSync(folder), []);
});

test('an abort ends it, and the next call continues', async () => {
  const controller = new AbortController();
  const options = { signal: controller.signal, onProgress: () => controller.abort() };
  await assert.rejects(fetchModel(NAME, origin, options), { code: 'aborted' });
  await assert.rejects(fetchModel(NAME, origin, options), { code: 'aborted' });
  await fetchModel(NAME, origin, {});
  assert.match(String(ranges.at(-1)), /^bytes=\d+-$/);
});

test('a published model comes from the address, and only with the bytes of the manifest', async () => {
  await assert.rejects(fetchPublishedModel(NAME), {
    code: 'file_damaged',
    message: new RegExp(`^${base}${NAME}`),
  });
  await assert.rejects(fetchPublishedModel('edgel3'), {
    code: 'option_invalid',
    message: /no published model/,
  });
  await assert.rejects(fetchPublishedModel('toString'), { code: 'option_invalid' });
});

test('a cache that cannot be written is named', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'edgel3-test-')), 'file');
  writeFileSync(file, '');
  process.env.EDGEL3_CACHE = file;
  await assert.rejects(fetchModel(NAME, origin, {}), {
    code: 'output_unwritable',
    message: new RegExp(file),
  });
});

test('without it, loading names the command that fetches it', async () => {
  await assert.rejects(loadEmbeddingModel({ modelType: 'sea', embDim: 64 }), {
    code: 'model_not_found',
    message: new RegExp(`'edgel3 models fetch ${NAME}'`),
  });
});

test('what has no published checksum is pinned by the first fetch', async () => {
  const name = 'openl3_audio_mel128_env';
  const weights = readFileSync(goldenModelPath('openl3'));
  const other = Buffer.concat([weights, Buffer.from('longer')]);
  const giveBytes = (/** @type {Buffer} */ bytes) => (/** @type {ServerResponse} */ response) => {
    response.writeHead(200, { 'content-length': bytes.length });
    response.end(bytes);
  };
  script.push(giveBytes(weights));
  const path = await fetchPublishedModel(name);
  assert.deepEqual(readdirSync(folder).sort(), [`${name}.blob`, `${name}.safetensors`]);
  const model = await loadEmbeddingModel({
    inputRepr: 'mel128',
    contentType: 'env',
    embDim: 512,
    workers: 0,
  });
  assert.deepEqual(
    [model.modelType, model.inputRepr, model.contentType, model.frontEnd, model.embeddingDimension],
    ['openl3', 'mel128', 'env', '0.4', 512],
  );
  model.close();
  rmSync(path);
  script.push(giveBytes(other));
  await assert.rejects(fetchPublishedModel(name), { code: 'file_damaged', message: /fetched first/ });
  script.push(giveBytes(weights));
  assert.equal(await fetchPublishedModel(name), path);
});
