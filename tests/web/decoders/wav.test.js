import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../support/decode.js';
import { A_LAW, chunk, FLOAT, int16, MU_LAW, samples, wavFile } from '../support/wav_file.js';

/** @param {Uint8Array} bytes */
async function mono(bytes) {
  const { channels } = await decode(bytes);
  assert.equal(channels.length, 1);
  return channels[0];
}

/** @param {Uint8Array} bytes @param {RegExp} message */
function refuses(bytes, message, code = 'file_unsupported') {
  return assert.rejects(decode(bytes), { code, message });
}

test('8-bit samples are unsigned', async () => {
  const data = Uint8Array.of(0, 127, 128, 129, 255);
  assert.deepEqual(await mono(wavFile({ bits: 8, data })), [-1, -1 / 128, 0, 1 / 128, 127 / 128]);
});

test('16-bit samples', async () => {
  const data = int16([-32768, -1, 0, 1, 32767]);
  assert.deepEqual(await mono(wavFile({ data })), [-1, -1 / 32768, 0, 1 / 32768, 32767 / 32768]);
});

test('24-bit samples', async () => {
  const data = samples(3, [-8388608, -1, 0, 1, 8388607, -65537], (view, offset, value) => {
    view.setUint16(offset, value & 0xffff, true);
    view.setInt8(offset + 2, value >> 16);
  });
  const expected = [-1, -1 / 8388608, 0, 1 / 8388608, 8388607 / 8388608, -65537 / 8388608];
  assert.deepEqual(await mono(wavFile({ bits: 24, data })), expected);
});

test('32-bit samples keep all their bits', async () => {
  const values = [-2147483648, -1, 1, 2147483647];
  const data = samples(4, values, (view, offset, value) => view.setInt32(offset, value, true));
  assert.deepEqual(
    await mono(wavFile({ bits: 32, data })),
    values.map((value) => value / 2147483648),
  );
});

test('floats of 32 and 64 bits come as they are, also beyond 1 and not finite', async () => {
  const values = [0.1, -1.5, 1e-30, Number.POSITIVE_INFINITY, Number.NaN];
  const float = samples(4, values, (view, offset, value) => view.setFloat32(offset, value, true));
  assert.deepEqual(await mono(wavFile({ format: FLOAT, bits: 32, data: float })), values.map(Math.fround));
  const double = samples(8, values, (view, offset, value) => view.setFloat64(offset, value, true));
  assert.deepEqual(await mono(wavFile({ format: FLOAT, bits: 64, data: double })), values);
});

test('A-law and mu-law give the decoder output values of ITU-T G.711', async () => {
  const alaw = Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a, 0x80, 0xc5);
  assert.deepEqual(
    (await mono(wavFile({ format: A_LAW, bits: 8, data: alaw }))).map((value) => value * 32768),
    [8, -8, 32256, -32256, 5504, 264],
  );
  const mulaw = Uint8Array.of(0xff, 0x7f, 0x80, 0x00, 0xfe, 0xf0);
  assert.deepEqual(
    (await mono(wavFile({ format: MU_LAW, bits: 8, data: mulaw }))).map((value) => value * 32768),
    [0, 0, 32124, -32124, 8, 120],
  );
});

test('channels are separated, and the rate is told', async () => {
  const bytes = wavFile({ channels: 2, sampleRate: 44100, data: int16([1, -1, 2, -2, 3, -3]) });
  const { channels, sampleRate } = await decode(bytes);
  assert.equal(sampleRate, 44100);
  assert.deepEqual(
    channels.map((channel) => Array.from(channel, (value) => value * 32768)),
    [
      [1, 2, 3],
      [-1, -2, -3],
    ],
  );
});

test('EXTENSIBLE headers, integer and float', async () => {
  assert.deepEqual(await mono(wavFile({ extensible: true, data: int16([8192]) })), [0.25]);
  const data = samples(4, [0.3], (view, offset, value) => view.setFloat32(offset, value, true));
  assert.deepEqual(await mono(wavFile({ extensible: true, format: FLOAT, bits: 32, data })), [
    Math.fround(0.3),
  ]);
});

test('EXTENSIBLE A-law and mu-law', async () => {
  for (const [format, code, value] of [
    [A_LAW, 0xaa, 32256 / 32768],
    [MU_LAW, 0x80, 32124 / 32768],
  ]) {
    assert.deepEqual(await mono(wavFile({ extensible: true, format, bits: 8, data: Uint8Array.of(code) })), [
      value,
    ]);
  }
});

test('the size of a frame does not decide', async () => {
  for (const blockAlign of [0, 1, 3, 4]) {
    assert.deepEqual(await mono(wavFile({ data: int16([8192, -8192]), blockAlign })), [0.25, -0.25]);
  }
});

test('RF64 and BW64, whose sizes stand in a chunk of their own', async () => {
  const sizes = new DataView(new ArrayBuffer(28));
  const bytes = wavFile({ data: int16([8192, -8192]), before: [chunk('ds64', new Uint8Array(28))] });
  sizes.setBigUint64(0, BigInt(bytes.length - 8), true);
  sizes.setBigUint64(8, 4n, true);
  sizes.setBigUint64(16, 2n, true);
  bytes.set(Buffer.from('RF64'));
  bytes.set(new Uint8Array(sizes.buffer), 20);
  for (const offset of [4, bytes.length - 8]) new DataView(bytes.buffer).setUint32(offset, 0xffffffff, true);
  assert.deepEqual(await mono(bytes), [0.25, -0.25]);
  bytes.set(Buffer.from('BW64'));
  assert.deepEqual(await mono(bytes), [0.25, -0.25]);
  // Whatever stands in the chunk of the sound itself, as for libsndfile and ffmpeg.
  for (const size of [0, 1, 2, 4, 1000, 0x80000000]) {
    new DataView(bytes.buffer).setUint32(bytes.length - 8, size, true);
    assert.deepEqual(await mono(bytes), [0.25, -0.25], `${size}`);
  }
  // A form without it has no use for such a chunk.
  bytes.set(Buffer.from('RIFF'));
  new DataView(bytes.buffer).setUint32(bytes.length - 8, 2, true);
  assert.deepEqual(await mono(bytes), [0.25]);
});

test('other chunks, of odd length and behind the samples too, are passed over', async () => {
  const odd = chunk('bext', new Uint8Array(601).fill(7));
  const list = chunk('LIST', Buffer.from('INFOISFT\x05\0\0\0test\0\0'));
  const bytes = wavFile({ data: int16([1, 2]), before: [odd, list], after: [odd] });
  assert.deepEqual(await mono(bytes), [1 / 32768, 2 / 32768]);
});

test('more samples than one piece', async () => {
  const values = Array.from({ length: 40_000 }, (_, index) => (index % 65536) - 32768);
  const read = await mono(wavFile({ data: int16(values) }));
  assert.deepEqual(
    read,
    values.map((value) => value / 32768),
  );
});

test('a file that lacks more than its header is long is damaged, and one that lacks a part of a frame', async () => {
  const bytes = wavFile({ data: int16(Array.from({ length: 100 }, (_, index) => index)) });
  for (let length = 13; length < bytes.length; length++) {
    const missing = bytes.length - length;
    const code = 'file_damaged';
    if (missing > 44 || missing % 2 === 1) await assert.rejects(decode(bytes.subarray(0, length)), { code });
    else assert.equal((await mono(bytes.subarray(0, length))).length, 100 - missing / 2);
  }
});

test('a size of 2 GiB and more that is not there is damage, unless it only fills the place', async () => {
  for (const [size, isDamaged] of /** @type {const} */ ([
    [3_000_000_000, true],
    [0x7ff00000, true],
    [0xfff00000, true],
    [0x7fffffff, false],
    [0x80000000 - 36, false],
    [0xffffffff - 36, false],
  ])) {
    const bytes = wavFile({ data: int16([16384, -16384]) });
    new DataView(bytes.buffer).setUint32(4, (size + 36) % 2 ** 32, true);
    new DataView(bytes.buffer).setUint32(40, size, true);
    if (isDamaged) await assert.rejects(decode(bytes), { code: 'file_damaged' });
    else assert.deepEqual(await mono(bytes), [0.5, -0.5]);
  }
});

test('an empty chunk of sound is one where other chunks follow it, and a place never filled in where samples do', async () => {
  const empty = wavFile({ data: new Uint8Array(0), after: [chunk('LIST', new Uint8Array(100))] });
  await assert.rejects(decode(empty), { code: 'file_unsupported', message: /no sound/ });
  const unfinished = wavFile({ data: int16([1, 2, 3]) });
  for (const formSize of [0, 8, 36, 42]) {
    new DataView(unfinished.buffer).setUint32(4, formSize, true);
    new DataView(unfinished.buffer).setUint32(40, 0, true);
    assert.equal((await mono(unfinished)).length, 3);
  }
});

test('sizes of those who did not know better: a stopped recorder, ffmpeg, arecord and sox to a pipe', async () => {
  for (const [formSize, dataSize] of [
    [0, 0],
    [0, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x80000024, 0x80000000],
    [0x7ffff024, 0x7ffff000],
  ]) {
    const bytes = wavFile({ data: int16([16384, -16384]) });
    new DataView(bytes.buffer).setUint32(4, formSize, true);
    new DataView(bytes.buffer).setUint32(40, dataSize, true);
    assert.deepEqual(await mono(bytes), [0.5, -0.5]);
  }
});

test('a big-endian file (RIFX)', async () => {
  const bytes = Buffer.from(wavFile({ data: int16([16384, -16384]) }));
  bytes.write('RIFX');
  for (const at of [4, 16, 24, 28, 40]) bytes.subarray(at, at + 4).swap32();
  for (const at of [20, 22, 32, 34, 44, 46]) bytes.subarray(at, at + 2).swap16();
  assert.deepEqual(await mono(bytes), [0.5, -0.5]);
  const extensible = Buffer.from(wavFile({ data: int16([16384, -16384]), extensible: true }));
  extensible.write('RIFX');
  for (const at of [4, 16, 24, 28, 40, 44, 64]) extensible.subarray(at, at + 4).swap32();
  for (const at of [20, 22, 32, 34, 36, 38, 48, 50, 68, 70]) extensible.subarray(at, at + 2).swap16();
  assert.deepEqual(await mono(extensible), [0.5, -0.5]);
});

test('an ID3 tag in front is skipped', async () => {
  const tag = Buffer.from([...Buffer.from('ID3'), 4, 0, 0, 0, 0, 1, 2, ...new Uint8Array(130)]);
  const bytes = Buffer.concat([tag, wavFile({ data: int16([16384]) })]);
  assert.deepEqual(await mono(bytes), [0.5]);
});

test('WAV files that say impossible things are refused', async () => {
  const data = int16([1, 2, 3, 4]);
  await refuses(wavFile({ data: new Uint8Array(0) }), /no samples/, 'audio_empty');
  await refuses(wavFile({ data, channels: 0, blockAlign: 2 }), /0 channels/);
  await refuses(wavFile({ data, sampleRate: 0 }), /0 Hz/);
  await refuses(wavFile({ data: new Uint8Array(12), bits: 24, blockAlign: 4 }), /24 bits stands in 32/);
  await refuses(wavFile({ data, bits: 40, blockAlign: 5 }), /40 bits/);
  await refuses(wavFile({ data, format: 2 }), /Microsoft ADPCM/);
  const soundless = Buffer.from(wavFile({ data }));
  soundless.write('fact', 36);
  await refuses(soundless, /no sound/);
  const headless = Buffer.from(wavFile({ data }));
  headless.write('fact', 12);
  await refuses(headless, /does not say how/);
});
