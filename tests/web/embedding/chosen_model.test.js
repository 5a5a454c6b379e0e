import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { getEmbedding, loadEmbeddingModel, processFile } from 'edgel3/node';
import { goldenModelPath } from '../support/model_files.js';
import { sound } from '../support/sounds.js';
import { int16, wavFile } from '../support/wav_file.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
const audio = sound(8000, 8000);
const choice = /** @type {const} */ ({ modelType: 'sea', embDim: 64 });

const cache = process.env.EDGEL3_CACHE;
before(() => {
  process.env.EDGEL3_CACHE = folder;
});
after(() => {
  if (cache === undefined) delete process.env.EDGEL3_CACHE;
  else process.env.EDGEL3_CACHE = cache;
  rmSync(folder, { recursive: true });
});

test("upstream's options choose the model of getEmbedding and processFile, which is loaded once", async () => {
  await assert.rejects(getEmbedding(audio, 8000, choice), { code: 'model_not_found' });
  mkdirSync(join(folder, 'models'));
  const path = join(folder, 'models', 'edgel3_sea_ust_audio_emb_64.h5.gz');
  copyFileSync(goldenModelPath('sea64'), path);
  const model = await loadEmbeddingModel(choice);
  const expected = await getEmbedding(audio, 8000, { model });
  assert.deepEqual(await getEmbedding(audio, 8000, choice), expected);
  const builtIn = await getEmbedding(audio, 8000);
  assert.notDeepEqual(builtIn.embedding, expected.embedding);
  // It is kept: the file is not asked for again.
  rmSync(path);
  assert.deepEqual(await getEmbedding(audio, 8000, { embDim: 64, modelType: 'sea' }), expected);
  const samples = Array.from(audio, (sample) => Math.round(sample * 32768));
  writeFileSync(join(folder, 'a.wav'), wavFile({ data: int16(samples) }));
  const written = (/** @type {string} */ suffix) => readFileSync(join(folder, `a_${suffix}.npz`));
  await processFile(join(folder, 'a.wav'), { ...choice, suffix: 'chosen' });
  await processFile(join(folder, 'a.wav'), { model, suffix: 'given' });
  assert.deepEqual(written('chosen'), written('given'));
  model.close();
});

test('a model and a choice are one too many, and so is a choice that there is not', async () => {
  const model = await loadEmbeddingModel();
  for (const options of [{ model, ...choice }, { modelType: 'dense' }, { embDim: '512' }]) {
    const call = getEmbedding(audio, 8000, /** @type {any} */ (options));
    await assert.rejects(call, { code: 'option_invalid' });
  }
  model.close();
});
