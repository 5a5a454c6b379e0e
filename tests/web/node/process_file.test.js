import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { getEmbedding, processFile, readAudioFile } from 'edgel3/node';
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
    ['file_unsupported', write('samples.wav', wavFile({ data: new Uint8Array(0) })), {}],
    ['output_unwritable', path, { outputDir: join(folder, 'nowhere') }],
    ['hop_invalid', path, { hopSize: 0 }],
  ])) {
    await assert.rejects(processFile(file, options), { name: 'EdgeL3Error', code });
  }
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith('.tmp')),
    [],
  );
});
