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

/** What a sample may differ by from the recording's, and how many in a row must not to be told from chance. */
const TOLERANCE = 1e-3;
const PIECE = 64;

/** A sample of the recording, which begins anew at its end. @param {number} place */
const played = (place) => recording[place % recording.length] / 32768;

/** Where in the recording a piece of sound is. @param {Float32Array} piece @returns {number} -1: nowhere */
function locate(piece) {
  return recording.findIndex((_, start) =>
    piece.every((sample, i) => Math.abs(sample - played(start + i)) < TOLERANCE),
  );
}

/**
 * The recording as far as it is found in what was heard: silence, and what is not the recording, is 0.
 *
 * @param {Float32Array} heard
 */
function align(heard) {
  const aligned = new Float32Array(heard.length);
  let pieces = 0;
  let found = 0;
  let at = 0;
  while (at < heard.length - PIECE) {
    const start = heard[at] === 0 ? -1 : locate(heard.subarray(at, at + PIECE));
    if (start < 0) {
      at++;
      continue;
    }
    const begin = at;
    while (at < heard.length && Math.abs(heard[at] - played(start + at - begin)) < TOLERANCE) {
      aligned[at] = played(start + at - begin);
      at++;
    }
    pieces++;
    found += at - begin;
  }
  return { aligned, pieces, share: found / heard.length };
}

/** How much of a sound differs from another one. @param {Float32Array} a @param {Float32Array} b */
function difference(a, b) {
  const power = a.reduce((sum, sample) => sum + sample * sample, 0);
  return a.reduce((sum, sample, i) => sum + (sample - b[i]) ** 2, 0) / power;
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
 * Holds what was heard against the recording: every window against what came from the microphone, and, where that is the
 * recording with nothing worse than gaps, against the recording at the same places. Gaps are not the library's: an engine
 * whose processors are taken away for a moment plays on with silence, or leaves samples out.
 *
 * @param {import('node:test').TestContext} t
 * @param {Awaited<ReturnType<typeof hearRecording>>} heard
 */
export async function assertHears(t, { sampleRate, windows, samples: numbers }) {
  assert.equal(sampleRate, RATE);
  const samples = Float32Array.from(numbers);
  const { aligned, pieces, share } = align(samples);
  const options = { hopSize: 0.25, center: false };
  const [ofHeard, ofRecording] = [
    await getEmbedding(samples, RATE, options),
    await getEmbedding(aligned, RATE, options),
  ];
  let matches = 0;
  for (const [index, window] of windows.entries()) {
    const [start, length] = [Math.round(index * 0.25 * RATE), ofHeard.shape[1]];
    const row = (/** @type {import('edgel3').EmbeddingResult} */ { embedding }) =>
      embedding.subarray(index * length, (index + 1) * length);
    assert.ok(similarity(row(ofHeard), window) > 0.999999, `window ${index}`);
    const second = [start, start + RATE];
    if (difference(aligned.subarray(...second), samples.subarray(...second)) > 1e-3) continue;
    assert.ok(similarity(row(ofRecording), window) > 0.999, `window ${index} of the recording`);
    matches++;
  }
  t.diagnostic(
    `${Math.round(100 * share)} % of the recording, in ${pieces} pieces; ${matches} of ${windows.length} windows`,
  );
  assert.ok(share > 0.5, 'What was heard is the recording.');
  assert.ok(matches > 0, 'Some windows are those of the recording.');
}
