import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getEmbedding, loadEmbeddingModel } from 'edgel3';
import { readAudioFile } from 'edgel3/node';
import { isChosen, resultOf } from './outcome.js';

/** @import { Peer } from './second_opinion.js' */

const FILE_CODES = ['file_unsupported', 'file_damaged', 'audio_empty'];

/** What may be the matter with the samples of a readable file, and with their rate. */
const AUDIO_CODES = ['audio_invalid', 'audio_not_finite', 'audio_too_short', 'sample_rate_invalid'];

/** Of samples that are embedded, from the beginning. */
const EMBEDDED = 2000;

/** Seconds that these may be: of a strange rate they would be hours, all of which would have to be computed. */
const MAX_SECONDS = 3;

/** Sounds of every kind, and those that devices and accidents leave. */
const FOLDERS = ['sounds', 'field'].map((name) => new URL(`../../web/decoders/${name}/`, import.meta.url));
const model = loadEmbeddingModel({ workers: 0 });
const folder = mkdtempSync(join(tmpdir(), 'edgel3-fuzz-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/**
 * @param {RegExp} names
 * @returns {Promise<Uint8Array[]>} the sound files of the tests with these names
 */
export async function soundsNamed(names) {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => names.test(name))
      .map((name) => readFileSync(new URL(name, folder))),
  );
}

/**
 * Reads what may be a sound file, and perhaps embeds its beginning.
 *
 * @param {Uint8Array} bytes
 * @param {Peer} [peer] asked about files without loss: of what both read, all samples must be the same
 */
export async function trySound(bytes, peer) {
  const path = join(folder, 'sound');
  writeFileSync(path, bytes);
  await resultOf(async () => {
    const { channels, sampleRate } = await readAudioFile(path);
    assert.ok(sampleRate > 0 && Number.isFinite(sampleRate), `${sampleRate} Hz`);
    assert.ok(channels.length > 0 && channels.every(({ length }) => length === channels[0].length));
    const opinion = await peer?.(path);
    if (opinion && !isKnown(opinion, sampleRate)) {
      assert.deepEqual(describe(channels, sampleRate), describe(opinion.channels, sampleRate));
    }
    if (EMBEDDED / sampleRate > MAX_SECONDS || !isChosen(bytes)) return;
    const start = channels.map((samples) => samples.slice(0, EMBEDDED));
    await resultOf(() => embed(start, sampleRate), AUDIO_CODES);
  }, FILE_CODES);
}

/**
 * Whether soundfile differs where it may: it takes a size of 0 for what it says, which recorders leave that were stopped.
 *
 * @param {import('./second_opinion.js').Opinion} opinion
 * @param {number} sampleRate
 */
function isKnown({ channels: [{ length }], sampleRate: rate }, sampleRate) {
  // It leaves out what a rate has behind the point.
  assert.ok(Math.abs(rate - sampleRate) < 1, `${sampleRate} Hz, and ${rate} for soundfile`);
  return length === 0;
}

/**
 * @param {(Float32Array | Float64Array)[]} channels
 * @param {number} sampleRate
 * @returns {object} what two readers of one file must agree about
 */
function describe(channels, sampleRate) {
  const hashes = channels.map((samples) =>
    createHash('sha256')
      .update(new Uint8Array(Float64Array.from(samples).buffer))
      .digest('hex'),
  );
  return { sampleRate, frames: channels[0].length, hashes };
}

/** @param {(Float32Array | Float64Array)[]} channels @param {number} sampleRate */
async function embed(channels, sampleRate) {
  const options = { model: await model, hopSize: 1, center: false, onWarning() {} };
  const { embedding } = await getEmbedding(channels, sampleRate, options);
  assert.ok(embedding.length >= 64 && embedding.every(Number.isFinite));
}
