import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { decode } from '../support/decode.js';

const folder = new URL('field/', import.meta.url);

/**
 * What comes of files as devices and programs write them, or as they arrive after an accident: how many frames Python's
 * soundfile gives, or ffmpeg where soundfile cannot; or the code of the error.
 *
 * @type {Record<string, { frames: number, rate: number } | { error: string }>}
 */
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8'));

test('there is a right answer for every file', () => {
  const names = readdirSync(folder).filter((name) => name !== 'expected.json');
  assert.deepEqual(names.sort(), Object.keys(expected).sort());
});

for (const [name, answer] of Object.entries(expected)) {
  test(`${name}: ${'error' in answer ? answer.error : `${answer.frames} frames`}, whole or in pieces`, async () => {
    const stored = readFileSync(new URL(name, folder));
    const bytes = name.endsWith('.gz') ? gunzipSync(stored) : stored;
    for (const pieceLength of [bytes.length, 4096, 1000]) {
      if ('error' in answer) {
        await assert.rejects(decode(bytes, pieceLength), { code: answer.error });
      } else {
        const { channels, sampleRate } = await decode(bytes, pieceLength);
        assert.deepEqual([channels[0].length, sampleRate], [answer.frames, answer.rate]);
      }
    }
  });
}
