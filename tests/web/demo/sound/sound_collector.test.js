import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SoundCollector } from '../../../../web/demo/sound/sound_collector.js';

/** Sounds are kept in 16 bits. */
const ROUNDING = 1 / 32_767;

/**
 * What is kept of a sound that grows from 0 to 1, collected in pieces of awkward lengths.
 *
 * @param {number} seconds
 * @param {number} sampleRate Hz
 */
function collect(seconds, sampleRate) {
  const collector = new SoundCollector(sampleRate);
  const length = Math.round(seconds * sampleRate);
  for (let from = 0, size = 1; from < length; from += size, size = (7 * size + 1) % 16_384) {
    const count = Math.min(size, length - from);
    collector.add(Float32Array.from({ length: count }, (_, n) => (from + n) / length));
  }
  return collector.finish();
}

for (const [seconds, sampleRate, kept] of [
  [59, 44_100, 44_100],
  [59, 192_000, 96_000],
  [61, 44_100, 14_700],
  [61, 192_000, 16_000],
  [61, 8000, 8000],
]) {
  test(`${seconds} s at ${sampleRate} Hz are kept at ${kept}, and each moment stays where it was`, () => {
    const sound = collect(seconds, sampleRate);
    assert.equal(sound.sampleRate, kept);
    assert.equal(sound.length, Math.floor(seconds * kept));
    for (const time of [0, 1, 30, seconds - 0.5]) {
      const from = Math.round(time * kept);
      const read = sound.read(from, from + 1000);
      assert.equal(read.length, 1000);
      for (const [n, level] of read.entries()) {
        // The mean of the samples of which one was made lies in their middle.
        const expected = ((from + n + 0.5) * (sampleRate / kept) - 0.5) / (seconds * sampleRate);
        assert.ok(Math.abs(level - expected) < ROUNDING, `${time} s: ${level} instead of ${expected}`);
      }
    }
    assert.equal(sound.read(sound.length - 10, sound.length + 10).length, 10);
  });
}

test('what is louder than can be kept is cut off, and nothing is a sound too', () => {
  const collector = new SoundCollector(8000);
  assert.equal(collector.finish().length, 0);
  collector.add(Float32Array.of(2, -2, 0.5));
  assert.deepEqual(
    Array.from(collector.finish().read(0, 3), (level) => level.toFixed(3)),
    ['1.000', '-1.000', '0.500'],
  );
});
