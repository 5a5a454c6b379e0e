import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { sound } from '../support/sounds.js';

/** @import { AudioInput } from 'edgel3' */

/** @type {import('edgel3').EmbeddingModel} */
let model;
before(async () => {
  model = await loadEmbeddingModel({ workers: 2 });
});
after(() => model.close());

/**
 * @param {AudioInput[]} pieces
 * @param {number} sampleRate
 */
async function columnsOf(pieces, sampleRate) {
  const { writable, readable } = model.melColumns({ sampleRate });
  const writer = writable.getWriter();
  const written = Promise.all([...pieces.map((piece) => writer.write(piece)), writer.close()]);
  // Where this fails, reading does too.
  written.catch(() => {});
  const chunks = [];
  const reader = readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  await written;
  for (const { melColumns, shape, timestamps } of chunks) {
    assert.ok(shape[0] > 0);
    assert.equal(shape[1], model.melBands);
    assert.equal(melColumns.length, shape[0] * shape[1]);
    assert.equal(timestamps.length, shape[0]);
  }
  return {
    columns: Float32Array.from(chunks.flatMap(({ melColumns }) => Array.from(melColumns))),
    timestamps: chunks.flatMap(({ timestamps }) => Array.from(timestamps)),
  };
}

const bands = 64;
const maximumOf = (/** @type {Float32Array} */ numbers) => numbers.reduce((a, b) => Math.max(a, b));

test('of one second they are what the network gets, before it is set in relation to the loudest', async () => {
  const samples = sound(8000, 8000);
  const { columns, timestamps } = await columnsOf([samples], 8000);
  const { melSpectrogram, shape } = await model.melSpectrogram(samples, 8000);
  assert.deepEqual(shape, [1, bands, 50]);
  assert.equal(model.melBands, bands);
  const maximum = maximumOf(columns);
  columns.forEach((decibels, index) => {
    const [frame, band] = [Math.floor(index / bands), index % bands];
    const expected = melSpectrogram[band * 50 + frame];
    assert.ok(Math.abs(Math.max(decibels - maximum, -80) - expected) < 2e-5, `${frame}, ${band}`);
  });
  assert.equal(model.melHopSize, 0.02);
  assert.equal(timestamps.length, 50);
  timestamps.forEach((time, frame) => {
    assert.ok(Math.abs(time - 0.02 * (frame + 0.5)) < 1e-12);
  });
});

test('they are absolute: a tenth of the amplitude is 10 dB less, whatever else is in the sound', async () => {
  const quiet = sound(24_000, 8000).map((sample, index) => (index < 12_000 ? 0.1 * sample : sample));
  const { columns } = await columnsOf([quiet], 8000);
  const loud = (await columnsOf([sound(24_000, 8000)], 8000)).columns;
  // Away from where the amplitude changes, and from the floor.
  for (let index = 10 * bands; index < 60 * bands; index++) {
    if (columns[index] > -80) assert.ok(Math.abs(loud[index] - columns[index] - 10) < 1e-3, String(index));
  }
  assert.deepEqual(columns.subarray(90 * bands, 140 * bands), loud.subarray(90 * bands, 140 * bands));
  assert.ok(maximumOf(columns) > 0);
});

test('silence is at the floor', async () => {
  const { columns } = await columnsOf([new Float32Array(16_000)], 16_000);
  assert.ok(columns.every((decibels) => decibels === -100));
});

test('they are the same however the sound is cut, at any rate, with any channels', async () => {
  for (const sampleRate of [8000, 11_025, 44_100]) {
    const channels = [sound(2.3 * sampleRate, sampleRate), sound(2.3 * sampleRate, sampleRate).reverse()];
    const whole = await columnsOf([channels], sampleRate);
    assert.equal(whole.timestamps.length, 115);
    const pieces = [];
    for (let start = 0, length = 1; start < channels[0].length; start += length, length = (length * 3) % 1999)
      pieces.push(channels.map((channel) => channel.subarray(start, start + length)));
    assert.deepEqual(await columnsOf(pieces, sampleRate), whole);
  }
});

test('a sound shorter than a second is followed by silence', async () => {
  const { columns } = await columnsOf([sound(1000, 8000)], 8000);
  assert.equal(columns.length, 50 * bands);
  assert.ok(columns.subarray(20 * bands).every((decibels) => decibels === -100));
});

test('embeddings are the same while columns are computed in the same engines', async () => {
  const samples = sound(30_000, 8000);
  const alone = await getEmbedding(samples, 8000, { model });
  const [{ columns }, together] = await Promise.all([
    columnsOf([samples], 8000),
    getEmbedding(samples, 8000, { model }),
  ]);
  assert.deepEqual(together.embedding, alone.embedding);
  assert.deepEqual(columns, (await columnsOf([samples], 8000)).columns);
});

test('what cannot be shown is refused, and closing the model ends it', async () => {
  const withNaN = sound(8000, 8000);
  withNaN[10] = Number.NaN;
  await assert.rejects(columnsOf([], 8000), { code: 'audio_empty' });
  await assert.rejects(columnsOf([withNaN], 8000), { code: 'audio_not_finite' });
  await assert.rejects(columnsOf([sound(9000, 8000), [withNaN, withNaN]], 8000), { code: 'audio_invalid' });
  assert.throws(() => model.melColumns({ sampleRate: 0 }), { code: 'sample_rate_invalid' });
  assert.throws(() => model.melColumns(/** @type {any} */ ({})), { code: 'sample_rate_invalid' });
  const misspelt = /** @type {any} */ ({ sampleRate: 8000, hopSise: 1 });
  assert.throws(() => model.melColumns(misspelt), { code: 'option_invalid' });

  const other = await loadEmbeddingModel({ workers: 1 });
  const next = other.melColumns({ sampleRate: 8000 }).readable.getReader().read();
  other.close();
  await assert.rejects(next, { code: 'closed' });
  assert.throws(() => other.melColumns({ sampleRate: 8000 }), { code: 'closed' });
});
