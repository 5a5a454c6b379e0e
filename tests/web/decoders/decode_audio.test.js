import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { decodeAudio, decodeAudioStream, readAudioFile, soundFormats } from 'edgel3/node';
import { toResizable, toShared, withoutMethods } from '../support/byte_sources.js';

const sound = (/** @type {string} */ name) => new URL(`sounds/${name}`, import.meta.url);

/** @param {Uint8Array} bytes @param {() => void} [onCancel] */
function toStream(bytes, onCancel) {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(offset, offset + 500));
      offset += 500;
    },
    cancel: onCancel,
  });
}

test('bytes in every form give what the file gives', async () => {
  for (const name of ['s24.wav', 'stereo.aiff', 'six.flac', 'vorbis.ogg', 'opus8k.opus', 'mpeg2.mp3']) {
    const bytes = new Uint8Array(readFileSync(sound(name)));
    const expected = await readAudioFile(sound(name));
    for (const source of [
      bytes,
      bytes.buffer,
      bytes.slice(0).buffer,
      new DataView(bytes.buffer),
      new Blob([bytes]),
      new File([bytes], name),
      toStream(bytes),
      runInNewContext('bytes.slice()', { bytes }),
      runInNewContext('bytes.slice().buffer', { bytes }),
      toShared(bytes).buffer,
      toShared(bytes),
      toResizable(bytes),
      withoutMethods(new Blob([bytes])),
    ]) {
      assert.deepEqual(await decodeAudio(/** @type {Uint8Array} */ (source)), expected);
    }
  }
});

test('in pieces it is the same', async () => {
  for (const name of ['s24.wav', 'stereo.aiff', 'six.flac', 'vorbis.ogg', 'opus8k.opus', 'mpeg2.mp3']) {
    const bytes = new Uint8Array(readFileSync(sound(name)));
    const expected = await decodeAudio(bytes);
    const { sampleRate, pieces } = await decodeAudioStream(toStream(bytes));
    assert.equal(sampleRate, expected.sampleRate);
    let at = 0;
    for await (const channels of pieces) {
      for (const [index, samples] of channels.entries()) {
        assert.deepEqual(samples, expected.channels[index].slice(at, at + samples.length));
      }
      at += channels[0].length;
    }
    assert.equal(at, expected.channels[0].length);
  }
});

test('a part of a larger buffer is only that part', async () => {
  const bytes = readFileSync(sound('s16.wav'));
  const larger = new Uint8Array(bytes.length + 200).fill(77);
  larger.set(bytes, 100);
  const part = larger.subarray(100, 100 + bytes.length);
  assert.deepEqual(await decodeAudio(part), await readAudioFile(sound('s16.wav')));
});

test('a stream that is no sound file is let go of', async () => {
  let isCancelled = false;
  const stream = toStream(new Uint8Array(1_000_000).fill(65), () => {
    isCancelled = true;
  });
  await assert.rejects(decodeAudio(stream), { code: 'file_unsupported' });
  assert.ok(isCancelled);
});

test('what has no bytes is refused', async () => {
  for (const source of ['sound.wav', 7, undefined, null, {}, [1, 2]]) {
    await assert.rejects(decodeAudio(/** @type {any} */ (source)), { code: 'audio_invalid' });
  }
});

test('the list of formats has each ending once, and those of all formats that are read', () => {
  const endings = soundFormats.flatMap((format) => format.endings);
  assert.equal(new Set(endings).size, endings.length);
  const read = soundFormats.filter(({ isRead }) => isRead);
  assert.deepEqual(
    read.map(({ name }) => name),
    ['WAV', 'AIFF', 'FLAC', 'Ogg (Vorbis, Opus or FLAC)', 'MP3'],
  );
  for (const name of ['M4A or MP4', 'WMA or another Windows Media', 'CAF', 'AU', 'WavPack']) {
    assert.equal(soundFormats.find((format) => format.name === name)?.isRead, false, name);
  }
});

test('the page of the documentation lists the formats as the library does', () => {
  const page = readFileSync(new URL('../../../docs/sound-files.md', import.meta.url), 'utf8');
  const [table] = /** @type {RegExpMatchArray} */ (page.match(/^\| format .*(?:\n\|.*)+/m));
  const rows = [...table.matchAll(/^\| (?<name>[^|]+) \| (?<endings>[^|]+) \| [^|]+ \|$/gm)].slice(1);
  assert.deepEqual(
    rows.map(({ groups: { name, endings } = {} }) => ({ name, endings: endings.split(', ') })),
    soundFormats.filter(({ isRead }) => isRead).map(({ name, endings }) => ({ name, endings })),
  );
  const words = page.replaceAll('\n', ' ');
  const recognised = soundFormats.filter(({ isRead }) => !isRead).map(({ name }) => name);
  assert.ok(words.includes(`: ${recognised.join(', ')}.`), recognised.join(', '));
});
