import assert from 'node:assert/strict';
import { getEmbedding, similarity } from 'edgel3';
import { randomNumbers } from './random_numbers.js';

/** What Chromium's fake devices have; the file is played over and over, without a seam in whole blocks of 10 ms. */
export const RATE = 44_100;
const random = randomNumbers(5);
export const recording = Int16Array.from({ length: 2 * RATE }, (_, index) => {
  const time = index / RATE;
  return 9000 * Math.sin(2 * Math.PI * (300 + 400 * time) * time) + 6000 * (random() - 0.5);
});

/** Samples of the recording, which begins anew at its end. @param {number} start @param {number} length */
function played(start, length) {
  return Float32Array.from({ length }, (_, i) => recording[(start + i) % recording.length] / 32768);
}

/** How much of the sound differs from another one. @param {Float32Array} a @param {Float32Array} b */
function difference(a, b) {
  const power = a.reduce((sum, sample) => sum + sample * sample, 0);
  return a.reduce((sum, sample, i) => sum + (sample - b[i]) ** 2, 0) / power;
}

/** Where in the recording a sound begins. @param {Float32Array} samples */
function locate(samples) {
  const short = samples.subarray(0, 64);
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (let start = 0; start < recording.length; start++) {
    let sum = 0;
    for (let i = 0; i < short.length && sum < least; i++) {
      sum += (short[i] - recording[(start + i) % recording.length] / 32768) ** 2;
    }
    if (sum < least) [best, least] = [start, sum];
  }
  return best;
}

/**
 * What a page hears of the recording, and what the library makes of it as it comes. Runs in the page.
 *
 * @param {{ samples: number[], sampleRate: number } | undefined} played what is put in place of the microphone
 */
export async function hearRecording(played) {
  const { openMicrophone } = await import(/** @type {string} */ ('/dist/microphone.js'));
  const { loadEmbeddingModel } = await import(/** @type {string} */ ('/dist/index.js'));
  const model = await loadEmbeddingModel();
  /** @type {MediaStream | undefined} */
  let mediaStream;
  if (played) {
    const { sampleRate } = played;
    const context = new AudioContext({ sampleRate });
    await context.resume();
    const buffer = new AudioBuffer({ length: played.samples.length, sampleRate });
    buffer.copyToChannel(Float32Array.from(played.samples), 0);
    const source = new AudioBufferSourceNode(context, { buffer, loop: true });
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    source.connect(destination);
    source.start();
    Object.assign(globalThis, { kept: [context, source] });
    mediaStream = destination.stream;
  }
  const microphone = await openMicrophone({ mediaStream });
  const { sampleRate } = microphone;
  const [forModel, toKeep] = microphone.readable.tee();
  const embeddings = forModel
    .pipeThrough(model.stream({ sampleRate, hopSize: 0.25, center: false }))
    .getReader();
  const samples = toKeep.getReader();
  const result = {
    sampleRate,
    windows: /** @type {number[][]} */ ([]),
    samples: /** @type {number[]} */ ([]),
  };
  // Eight seconds: in WebKit the first three have gaps.
  while (result.windows.length < 29) {
    result.windows.push(Array.from((await embeddings.read()).value.embedding));
  }
  while (result.samples.length < 8 * sampleRate) result.samples.push(...(await samples.read()).value);
  await Promise.all([embeddings.cancel(), samples.cancel()]);
  model.close();
  return result;
}

/**
 * Holds what was heard against the recording: every window against what came from the microphone, and those without a gap,
 * of which there are some even on a busy machine, against the recording itself.
 *
 * @param {import('node:test').TestContext} t
 * @param {() => Promise<Awaited<ReturnType<typeof hearRecording>>>} hear
 */
export async function assertHears(t, hear) {
  for (let tries = 3; tries > 0; tries--) {
    const heard = await hear();
    assert.equal(heard.sampleRate, RATE);
    const samples = Float32Array.from(heard.samples);
    const { embedding, shape } = await getEmbedding(samples, RATE, { hopSize: 0.25, center: false });
    let matches = 0;
    for (const [index, window] of heard.windows.entries()) {
      const expected = embedding.subarray(index * shape[1], (index + 1) * shape[1]);
      assert.ok(similarity(expected, window) > 0.999999, `window ${index}`);
      const start = Math.round(index * 0.25 * RATE);
      const second = samples.subarray(start, start + RATE);
      const original = played(locate(second), RATE);
      if (difference(original, second) > 1e-3) continue;
      const { embedding: ofOriginal } = await getEmbedding(original, RATE, { center: false });
      assert.ok(similarity(ofOriginal, window) > 0.999, `window ${index} of the recording`);
      matches++;
    }
    t.diagnostic(`${matches} of ${heard.windows.length} windows were heard without a gap`);
    if (matches > 0) return;
  }
  assert.fail('No window was heard without a gap.');
}
