import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../support/decode.js';
import { int16 } from '../support/wav_file.js';

/** 8000 and 44100 as numbers of 80 bits. */
const RATES = { 8000: '400bfa00000000000000', 44100: '400eac44000000000000' };

/**
 * @param {string} id
 * @param {Uint8Array} content
 */
function chunk(id, content) {
  const bytes = Buffer.alloc(8 + content.length + (content.length % 2));
  bytes.write(id);
  bytes.writeUInt32BE(content.length, 4);
  bytes.set(content, 8);
  return bytes;
}

/**
 * An AIFF-C file.
 *
 * @param {{ compression: string, bits: number, frames: number, data: Uint8Array, channels?: number, rate?: 8000 | 44100,
 *   offset?: number }} options
 */
function aiffFile({ compression, bits, frames, data, channels = 1, rate = 8000, offset = 0 }) {
  const common = Buffer.alloc(24);
  common.writeUInt16BE(channels, 0);
  common.writeUInt32BE(frames, 2);
  common.writeUInt16BE(bits, 6);
  common.write(RATES[rate], 8, 'hex');
  common.write(compression, 18);
  const start = Buffer.alloc(8 + offset);
  start.writeUInt32BE(offset, 0);
  const chunks = [chunk('FVER', Buffer.alloc(4)), chunk('COMM', common), chunk('NAME', Buffer.from('odd'))];
  const sound = chunk('SSND', Buffer.concat([start, data]));
  return chunk('FORM', Buffer.concat([Buffer.from('AIFC'), ...chunks, sound]));
}

test('the compressions that are none', async () => {
  for (const [compression, bits, data, expected] of /** @type {const} */ ([
    ['NONE', 8, [0x80, 0x7f], [-1, 127 / 128]],
    ['raw ', 8, [0, 255], [-1, 127 / 128]],
    ['twos', 16, [0xc0, 0x00], [-0.5]],
    ['sowt', 16, [0x00, 0xc0], [-0.5]],
    ['NONE', 12, [0xc0, 0x00], [-0.5]],
    ['in24', 24, [0xc0, 0, 0], [-0.5]],
    ['42ni', 24, [0, 0, 0xc0], [-0.5]],
    ['in32', 32, [0xc0, 0, 0, 0], [-0.5]],
    ['23ni', 32, [0, 0, 0, 0xc0], [-0.5]],
    ['FL32', 32, [0xbf, 0, 0, 0], [-0.5]],
    ['fl64', 64, [0xbf, 0xe0, 0, 0, 0, 0, 0, 0], [-0.5]],
    ['ulaw', 16, [0x80], [32124 / 32768]],
    ['ALAW', 16, [0xaa], [32256 / 32768]],
  ])) {
    const file = aiffFile({ compression, bits, frames: expected.length, data: Uint8Array.from(data) });
    assert.deepEqual(await decode(file), { sampleRate: 8000, channels: [[...expected]] }, compression);
  }
});

test('channels, the rate, and an offset in front of the samples', async () => {
  const data = int16([0x40, 0x00c0, 0, 0]);
  const file = aiffFile({
    compression: 'twos',
    bits: 16,
    frames: 2,
    channels: 2,
    rate: 44100,
    offset: 6,
    data,
  });
  assert.deepEqual(await decode(file), {
    sampleRate: 44100,
    channels: [
      [0.5, 0],
      [-0.5, 0],
    ],
  });
});

test('the size of the sound is that of its chunk, whatever the number of frames says', async () => {
  for (const frames of [0, 1, 2, 3, 2 ** 32 - 1]) {
    const file = aiffFile({ compression: 'NONE', bits: 16, frames, data: int16([0x40, 0xc0]) });
    assert.deepEqual((await decode(file)).channels, [[0.5, -0.5]]);
    // Another chunk behind it is no sound.
    const more = Buffer.concat([file, chunk('ANNO', Buffer.from('text'))]);
    assert.deepEqual((await decode(more)).channels, [[0.5, -0.5]]);
  }
});

test('sizes of those who did not know better: the sound goes on to the end', async () => {
  for (const size of [0, 0x7f000008, 0x7ffff000, 0x7fffffff, 0xffffffff]) {
    const file = Buffer.from(
      aiffFile({ compression: 'NONE', bits: 16, frames: 0, data: int16([0x40, 0xc0]) }),
    );
    file.writeUInt32BE(size, file.indexOf('SSND') + 4);
    assert.deepEqual((await decode(file)).channels, [[0.5, -0.5]], `${size}`);
  }
});

test('what cannot be read is refused', async () => {
  const options = { compression: 'NONE', bits: 16, frames: 2, data: new Uint8Array(4) };
  const refuses = (/** @type {Buffer} */ file, /** @type {RegExp} */ message, code = 'file_unsupported') =>
    assert.rejects(decode(file), { code, message });
  await refuses(aiffFile({ ...options, compression: 'ima4' }), /'ima4'/);
  await refuses(aiffFile({ ...options, bits: 40 }), /40 bits/);
  await refuses(aiffFile({ ...options, channels: 0 }), /0 channels/);
  await refuses(aiffFile({ ...options, data: new Uint8Array(0) }), /no samples/, 'audio_empty');
  const whole = aiffFile(options);
  await refuses(whole.subarray(0, 40), /before its sound/, 'file_damaged');
  const soundless = Buffer.from(whole);
  soundless.write('SSNX', whole.indexOf('SSND'));
  await refuses(soundless, /no sound/);
  const late = Buffer.from(whole);
  late.writeUInt32BE(100, whole.indexOf('SSND') + 8);
  await refuses(late, /begins 100 bytes into a chunk of 12/, 'file_damaged');
  const long = Buffer.from(aiffFile({ ...options, data: new Uint8Array(1000) }));
  await refuses(long.subarray(0, 500), /of its 1000 bytes/, 'file_damaged');
});
