import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import {
  findOutput,
  getEmbedding,
  loadEmbeddingModel,
  processFile,
  readAudioFile,
  readProvenance,
} from 'edgel3/node';
import { unzipSync } from 'fflate';
import npyjs from 'npyjs';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const samples = Array.from(sound(20_000, 16_000), (sample) => Math.round(sample * 32768) + 0);
const path = join(folder, 'sound.wav');
writeFileSync(path, wavFile({ sampleRate: 16_000, data: int16(samples) }));

test('the file holds what getEmbedding gives', async () => {
  const { outputPath, shape } = await processFile(path, { hopSize: 0.2, center: false });
  assert.equal(outputPath, join(folder, 'sound.npz'));
  const expected = await getEmbedding(Int16Array.from(samples), 16_000, { hopSize: 0.2, center: false });
  assert.deepEqual(shape, expected.shape);
  const files = unzipSync(readFileSync(outputPath));
  const npy = new npyjs();
  const [embedding, timestamps] = ['embedding', 'timestamps'].map((name) =>
    npy.parse(files[`${name}.npy`].slice().buffer),
  );
  assert.deepEqual([embedding.data, embedding.shape], [expected.embedding, expected.shape]);
  assert.deepEqual([timestamps.data, timestamps.shape], [expected.timestamps, [shape[0]]]);
});

test('suffix and folder, and nothing else is left behind', async () => {
  const outputDir = mkdtempSync(join(folder, 'out-'));
  await processFile(path, { outputDir, suffix: 'emb' });
  await processFile(path, { outputDir, suffix: '.emb' });
  await processFile(path, { outputDir });
  await processFile(path, { outputDir });
  assert.deepEqual(readdirSync(outputDir).sort(), ['sound.emb.npz', 'sound.npz', 'sound_emb.npz']);
});

test('every format holds the same numbers', async () => {
  const outputDir = mkdtempSync(join(folder, 'formats-'));
  const expected = await getEmbedding(Int16Array.from(samples), 16_000);
  const rows = Array.from({ length: expected.shape[0] }, (_, index) =>
    Array.from(expected.embedding.subarray(64 * index, 64 * (index + 1))),
  );
  const times = Array.from(expected.timestamps);
  const read = async (/** @type {'npy' | 'csv' | 'json' | 'jsonl'} */ format) => {
    const { outputPath } = await processFile(path, { outputDir, format });
    assert.equal(outputPath, join(outputDir, `sound.${format}`));
    return readFileSync(outputPath);
  };
  const npy = new npyjs().parse(new Uint8Array(await read('npy')).buffer);
  assert.deepEqual([npy.data, npy.shape], [expected.embedding, expected.shape]);
  const [names, ...lines] = String(await read('csv'))
    .trimEnd()
    .split('\n');
  assert.equal(names, `timestamp,${[...Array(64).keys()]}`);
  const cells = lines.map((line) => line.split(',').map(Number));
  assert.deepEqual(
    cells.map(([time, ...row]) => [time, ...row.map(Math.fround)]),
    rows.map((row, index) => [times[index], ...row]),
  );
  const { embedding, timestamps } = JSON.parse(String(await read('json')));
  assert.deepEqual([embedding.map(toFloat32), timestamps], [rows, times]);
  const objects = String(await read('jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    objects.map(({ timestamp, embedding }) => [timestamp, toFloat32(embedding)]),
    rows.map((row, index) => [times[index], row]),
  );
});

test('the same sound gives the same file, byte for byte', async () => {
  const [first, second] = await Promise.all(
    ['1', '2'].map((suffix) =>
      processFile(path, { suffix }).then(({ outputPath }) => readFileSync(outputPath)),
    ),
  );
  assert.deepEqual(first, second);
});

test('progress is in bytes of the file', async () => {
  /** @type {number[]} */
  const done = [];
  await processFile(path, {
    onProgress: ({ stage, done: bytes, total }) => {
      assert.deepEqual([stage, total], ['embed', 40_044]);
      done.push(bytes);
    },
  });
  assert.equal(done.at(-1), 40_044);
});

test('an abort leaves nothing behind', async () => {
  const outputDir = mkdtempSync(join(folder, 'aborted-'));
  const controller = new AbortController();
  const options = { outputDir, signal: controller.signal, onProgress: () => controller.abort() };
  await assert.rejects(processFile(path, options), { code: 'aborted' });
  await assert.rejects(processFile(path, options), { code: 'aborted' });
  assert.deepEqual(readdirSync(outputDir), []);
});

test('warnings are those of getEmbedding', async () => {
  const silent = join(folder, 'silent.wav');
  writeFileSync(silent, wavFile({ data: new Uint8Array(800) }));
  /** @type {string[]} */
  const codes = [];
  await processFile(silent, { onWarning: ({ code }) => codes.push(code) });
  assert.deepEqual(codes, ['audio_silent', 'audio_short']);
});

test('the samples of a file are those written', async () => {
  const { channels, sampleRate } = await readAudioFile(path);
  assert.equal(sampleRate, 16_000);
  assert.deepEqual(
    Array.from(channels[0], (sample) => sample * 32768),
    samples,
  );
});

test('bad files and folders are refused, and leave nothing', async () => {
  const write = (/** @type {string} */ name, /** @type {Uint8Array | string} */ content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  for (const [code, file, options] of /** @type {const} */ ([
    ['file_not_found', join(folder, 'nothing.wav'), {}],
    ['file_unreadable', folder, {}],
    ['file_unsupported', write('empty.wav', ''), {}],
    ['file_unsupported', write('text.wav', 'no sound'), {}],
    ['audio_empty', write('samples.wav', wavFile({ data: new Uint8Array(0) })), {}],
    ['output_unwritable', path, { outputDir: join(folder, 'nowhere') }],
    ['file_damaged', write('short.wav', wavFile({ data: int16(samples) }).subarray(0, -1)), {}],
    ['hop_invalid', path, { hopSize: 0 }],
    ['option_invalid', path, { format: /** @type {'npz'} */ ('xml') }],
    ['option_invalid', path, { model: /** @type {any} */ ('sea') }],
  ])) {
    await assert.rejects(processFile(file, options), { name: 'EdgeL3Error', code });
  }
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  );
});

/** @param {number[]} numbers */
function toFloat32(numbers) {
  return numbers.map(Math.fround);
}

test('npz and json say how they were made, and findOutput compares it', async () => {
  for (const format of /** @type {const} */ (['npz', 'json'])) {
    const options = { format, hopSize: 0.5, suffix: 'provenance' };
    assert.equal(await findOutput(path, options), 'absent');
    const { outputPath } = await processFile(path, options);
    const { mtime, size } = statSync(path);
    const { identity, build } = await loadEmbeddingModel({ workers: 0 });
    const { channels, sampleRate } = await readAudioFile(path);
    assert.deepEqual(await readProvenance(outputPath), {
      edgel3: JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version,
      model: identity.name,
      sha256: identity.sha256,
      build,
      hopSize: 0.5,
      center: true,
      pooling: null,
      sampleRate,
      samples: channels[0].length,
      input: { name: basename(path), bytes: size, modified: mtime.toISOString() },
    });
    assert.equal(await findOutput(path, options), 'same');
    await assert.rejects(findOutput(path, { ...options, center: false }), {
      code: 'output_unwritable',
      message: /center is true there, and false here/,
    });
    await assert.rejects(processFile(path, { ...options, overwrite: false }), { code: 'output_unwritable' });
  }
  for (const format of /** @type {const} */ (['npy', 'csv', 'jsonl'])) {
    const { outputPath } = await processFile(path, { format });
    assert.equal(await readProvenance(outputPath), undefined);
    assert.equal(await findOutput(path, { format }), 'unknown');
  }
});

test('from and to: a part of the sound, with the times that it has in the file', async () => {
  const { channels, sampleRate } = await readAudioFile(path);
  for (const [from, to] of /** @type {const} */ ([
    [0.3, 0.9],
    [0.25, undefined],
    [undefined, 0.5],
    [0.00001, 900],
  ])) {
    const cut = channels.map((all) =>
      all.subarray(
        Math.round((from ?? 0) * sampleRate),
        to === undefined ? all.length : Math.round(to * sampleRate),
      ),
    );
    const expected = await getEmbedding(cut, sampleRate, { onWarning() {} });
    const { outputPath } = await processFile(path, {
      format: 'json',
      suffix: 'part',
      from,
      to,
      onWarning() {},
    });
    const { embedding, timestamps, metadata } = JSON.parse(readFileSync(outputPath, 'utf8'));
    assert.deepEqual(Float32Array.from(embedding.flat()), expected.embedding);
    assert.deepEqual(
      timestamps,
      Array.from(expected.timestamps, (time) => (from ?? 0) + time),
    );
    assert.deepEqual([metadata.from, metadata.to, metadata.samples], [from, to, cut[0].length]);
    assert.equal(await findOutput(path, { format: 'json', suffix: 'part', from, to }), 'same');
    await assert.rejects(findOutput(path, { format: 'json', suffix: 'part', from: 0.5, to }), {
      message: /from is /,
    });
  }
  await assert.rejects(processFile(path, { from: 2 }), {
    code: 'audio_empty',
    message: /ends after 1\.250 seconds/,
  });
  for (const part of [{ from: 1, to: 1 }, { to: 0 }, { from: -1 }, { to: Number.NaN }]) {
    await assert.rejects(processFile(path, part), { code: 'option_invalid', message: /^(from|to) must be/ });
  }
});
