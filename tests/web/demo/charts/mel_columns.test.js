import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MelColumns } from '../../../../web/demo/charts/mel_columns.js';

const options = { bands: 32, highest: 4000, period: 0.02 };
const tone = (/** @type {number} */ hertz, /** @type {number} */ rate, /** @type {number} */ length) =>
  Float32Array.from({ length }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / rate));

test('a tone is loudest in the band where it is, whatever the rate', () => {
  for (const rate of [16_000, 44_100, 96_000]) {
    const loudestOf = (/** @type {number} */ hertz) => {
      const [column] = new MelColumns(rate, options).push(tone(hertz, rate, rate));
      return column.indexOf(Math.max(...column));
    };
    assert.ok(loudestOf(300) < loudestOf(1000));
    assert.ok(loudestOf(1000) < loudestOf(3000));
    // 1000 Hz is 1000 mel, and 4000 Hz are 2146.
    assert.equal(loudestOf(1000), Math.floor((32 * 1000) / 2146));
  }
});

test('columns come every 20 ms, the same however the sound is cut', () => {
  const samples = tone(700, 11_025, 11_025);
  const whole = new MelColumns(11_025, options).push(samples);
  const size = 512;
  assert.equal(whole.length, 1 + Math.floor((1 - size / 11_025) / 0.02));
  const pieces = new MelColumns(11_025, options);
  const columns = [];
  for (let start = 0; start < samples.length; start += 100) {
    columns.push(...pieces.push(samples.subarray(start, start + 100)));
  }
  assert.deepEqual(columns, whole);
});

test('silence is all dark, a loud noise is not', () => {
  const [dark] = new MelColumns(16_000, options).push(new Float32Array(2000));
  assert.ok(dark.every((level) => level === 0));
  const [loud] = new MelColumns(16_000, options).push(tone(1000, 16_000, 2000));
  assert.equal(Math.max(...loud), 1);
});
