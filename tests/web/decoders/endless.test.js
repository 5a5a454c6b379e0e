// Pipes that never end, or not for a long time: from recorders, from broken programs, from anybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAudio } from '../../../web/decoders/open_audio.js';
import { FLOAT, wavFile } from '../support/wav_file.js';

/** Bytes after which a reader that counts in 31 bits, or believes a recorder's header, would have stopped. */
const TWO_GIB = 2 ** 31;

/** Bytes that come at once. */
const CHUNK_BYTES = 2 ** 20;

/** Bytes of a sample: doubles, of which there are fewest in so many bytes. */
const SAMPLE_BYTES = 8;

/**
 * @param {Uint8Array} start
 * @param {Uint8Array} rest what follows, again and again
 * @param {number} [length] bytes of all that follows
 */
async function* pipe(start, rest, length = Number.POSITIVE_INFINITY) {
  yield start;
  for (let done = 0; done < length; done += rest.length) yield rest;
}

/** @param {AsyncIterable<Uint8Array>} bytes @returns {Promise<number>} samples of each channel */
async function count(bytes) {
  const { pieces } = await openAudio(bytes);
  let total = 0;
  for await (const [{ length }] of pieces) total += length;
  return total;
}

/** @param {number} size of the chunk 'data' @param {number} formSize of the file */
function wavHeader(size, formSize) {
  const bytes = wavFile({ format: FLOAT, bits: 8 * SAMPLE_BYTES, data: new Uint8Array(0) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(4, formSize, true);
  view.setUint32(bytes.length - 4, size, true);
  return bytes;
}

/** @param {number} size of the chunk 'SSND' @param {number} formSize of the file */
function aiffHeader(size, formSize) {
  const bytes = Buffer.alloc(12 + 8 + 24 + 8 + 8);
  bytes.write('FORM');
  bytes.writeUInt32BE(formSize, 4);
  bytes.write('AIFCCOMM', 8);
  bytes.writeUInt32BE(24, 16);
  bytes.writeUInt16BE(1, 20);
  bytes.writeUInt16BE(8 * SAMPLE_BYTES, 26);
  bytes.write('400bfa00000000000000', 28, 'hex');
  bytes.write('fl64', 38);
  bytes.write('SSND', 44);
  bytes.writeUInt32BE(size, 48);
  return bytes;
}

// The sizes that other programs write are in wav.test.js and aiff.test.js: of all of them the same becomes.
for (const [program, header] of /** @type {[string, Uint8Array][]} */ ([
  ['arecord', wavHeader(0x80000000, 0x80000024)],
  ['sox, which writes AIFF', aiffHeader(0x7f000008, 0x7f000036)],
])) {
  test(`a pipe from ${program} goes on behind the 2 GiB that its header says`, async () => {
    const length = TWO_GIB + 3 * CHUNK_BYTES;
    const samples = await count(pipe(header, new Uint8Array(CHUNK_BYTES), length));
    assert.equal(samples, length / SAMPLE_BYTES);
  });
}

test('a pipe that never ends is read as it comes, and let go of', async () => {
  let isLetGo = false;
  const endless = async function* () {
    try {
      yield* pipe(wavHeader(0xffffffff, 0xffffffff), new Uint8Array(CHUNK_BYTES));
    } finally {
      isLetGo = true;
    }
  };
  const { pieces } = await openAudio(endless());
  let total = 0;
  for await (const [{ length }] of pieces) {
    total += length;
    if (total > CHUNK_BYTES) break;
  }
  assert.ok(isLetGo);
});

for (const [what, start, code] of /** @type {[string, Uint8Array, RegExp][]} */ ([
  ['nothing', new Uint8Array(0), /^file_unsupported$/],
  ['an ID3 tag', Buffer.from('ID3\x04\0\0\0\0\0\x10 the sixteen bytes'), /^file_(damaged|unsupported)$/],
  [
    'an ID3 tag that says it is longer than all',
    Buffer.from('ID3\x04\0\0\x7f\x7f\x7f\x7f'),
    /^file_(damaged|unsupported)$/,
  ],
  ['the header of a WAV file', wavHeader(0, 0).subarray(0, 12), /^file_damaged$/],
  ['the header of an AIFF file', aiffHeader(0, 0).subarray(0, 12), /^file_damaged$/],
  ['the header of a FLAC file', Buffer.from('fLaC'), /^file_(damaged|unsupported)$/],
  ['a page of Ogg', Buffer.from('OggS'), /^file_(damaged|unsupported)$/],
  ['a header of MP3', Buffer.from([0xff, 0xfb, 0x90, 0]), /^file_(damaged|unsupported)$/],
])) {
  for (const byte of [0, 0xff, 0x41]) {
    test(`endless bytes ${byte} behind ${what} end in an error`, async () => {
      const bytes = pipe(start, new Uint8Array(CHUNK_BYTES).fill(byte));
      await assert.rejects(count(bytes), ({ code: actual }) => code.test(actual));
    });
  }
}
