import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { toChannels, toSampleRate } from '../../../web/embedding/audio.js';

const buffer = {
  numberOfChannels: 2,
  length: 3,
  sampleRate: 22050,
  getChannelData: (/** @type {number} */ channel) => Float32Array.of(channel, 1, 2),
};

test('floats are taken as they are, without a copy', () => {
  for (const samples of [Float32Array.of(0.5, -0.5), Float64Array.of(0.1)]) {
    assert.deepEqual(toChannels(samples), [samples]);
    assert.equal(toChannels([samples])[0], samples);
  }
});

test('16-bit integers are fractions of 32768', () => {
  assert.deepEqual(toChannels(Int16Array.of(-32768, 0, 16384)), [Float32Array.of(-1, 0, 0.5)]);
});

test('an AudioBuffer gives its channels and its rate', () => {
  assert.deepEqual(toChannels(buffer), [Float32Array.of(0, 1, 2), Float32Array.of(1, 1, 2)]);
  assert.equal(toSampleRate(buffer, undefined), 22050);
  assert.equal(toSampleRate(buffer, 22050), 22050);
  assert.throws(() => toSampleRate(buffer, 44100), { code: 'sample_rate_invalid' });
});

test('arrays of another realm are known', () => {
  const foreign = vm.runInNewContext('Float32Array.of(0.25)');
  assert.equal(toChannels(foreign)[0], foreign);
});

test('no channels and no samples are empty audio', () => {
  for (const audio of [[], new Float32Array(0), [new Float64Array(0)], { ...buffer, numberOfChannels: 0 }]) {
    assert.throws(() => toChannels(/** @type {any} */ (audio)), { code: 'audio_empty' });
  }
});

test('channels of unequal length are refused', () => {
  assert.throws(() => toChannels([new Float32Array(2), new Float32Array(3)]), {
    code: 'audio_invalid',
    message: /2, 3 samples/,
  });
});

test('everything else is refused, and the message says what came', () => {
  for (const [audio, end] of /** @type {[unknown, string][]} */ ([
    [undefined, ', not undefined'],
    [null, ', not null'],
    ['sound.wav', "; 'sound.wav' is text"],
    [7, ', not 7'],
    [{}, ', not another object'],
    [[1, 2, 3], ', not 1'],
    [new Uint8Array(4), ', not a Uint8Array'],
    [[new Float32Array(1), [0]], ', not an Array'],
    [new ArrayBuffer(8), ', not an ArrayBuffer'],
    [new Array(2), ', not undefined'],
    // biome-ignore lint/suspicious/noSparseArray: it is what is tested
    [[new Float32Array(1), , new Float32Array(1)], ', not undefined'],
    [() => {}, ', not a function'],
    [Symbol('x'), ', not a symbol'],
  ])) {
    assert.throws(
      () => toChannels(/** @type {any} */ (audio)),
      ({ code, message }) => {
        assert.equal(code, 'audio_invalid');
        assert.ok(message.endsWith(`or an AudioBuffer${end}.`), message);
        return true;
      },
    );
  }
});

test('a rate is a positive, finite number', () => {
  const samples = new Float32Array(1);
  assert.equal(toSampleRate(samples, 44100), 44100);
  for (const rate of [undefined, 0, -8000, Number.NaN, Number.POSITIVE_INFINITY, '8000']) {
    assert.throws(() => toSampleRate(samples, /** @type {any} */ (rate)), { code: 'sample_rate_invalid' });
  }
});
