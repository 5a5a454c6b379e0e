import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../../../web/demo/files/analysis.js';
import { int16, wavFile } from '../../support/wav_file.js';

/** What a page may work on at once. */
const PIECE = 2 ** 14;

/** Milliseconds that a piece takes here, and those after which the page shall have its turn. */
const TIME_OF_PIECE = 10;
const TURN = 30;

test('however much a decoder gives, it is worked on in small pieces, with turns for the page in between', async (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  let length = 0;
  let sinceTurn = 0;
  let longest = 0;
  const { setTimeout } = globalThis;
  t.mock.method(globalThis, 'setTimeout', (/** @type {() => void} */ f) =>
    setTimeout(() => {
      longest = Math.max(longest, sinceTurn);
      sinceTurn = 0;
      f();
    }),
  );
  const model = {
    embeddingDimension: 2,
    melHopSize: 0.01,
    /** One row for each piece. */
    stream: () =>
      new TransformStream({
        transform([channel], controller) {
          assert.ok(channel.length <= PIECE, `${channel.length} samples at once`);
          now += TIME_OF_PIECE;
          length += channel.length;
          sinceTurn += channel.length;
          controller.enqueue({ embedding: Float32Array.of(1, 2) });
        },
      }),
    melColumns: () =>
      new TransformStream({
        transform(_, controller) {
          controller.enqueue({ melColumns: new Float32Array(4), shape: [1, 4] });
        },
      }),
  };
  const sampleRate = 44_100;
  const data = int16(Array.from({ length: 20 * sampleRate }, (_, n) => n % 1000));
  // All of its bytes at once, as some browsers give them.
  const file = Object.assign(new File([new Uint8Array(wavFile({ data, sampleRate }))], 'long.wav'), {
    stream: () => new ReadableStream({ pull: (controller) => give(controller) }),
  });
  /** @param {ReadableStreamDefaultController} controller */
  async function give(controller) {
    controller.enqueue(new Uint8Array(await file.arrayBuffer()));
    controller.close();
  }
  const settings = { hopSize: 0.1, center: true };
  const options = { signal: new AbortController().signal, onProgress: () => {} };
  const analysis = await analyse(file, /** @type {any} */ (model), settings, options);
  assert.equal(length, 20 * sampleRate);
  assert.equal(analysis.duration, 20);
  assert.equal(analysis.shape[0], Math.ceil(length / PIECE));
  assert.ok(longest > 0 && longest <= PIECE * (TURN / TIME_OF_PIECE + 2), `${longest} samples between turns`);
});
