import assert from 'node:assert/strict';
import { test } from 'node:test';
import { powerSpectrum } from '../../../../web/demo/charts/fft.js';
import { randomNumbers } from '../../support/random_numbers.js';

test('the power is that of the Fourier transform by its definition', () => {
  const random = randomNumbers(2);
  for (const length of [1, 2, 8, 64]) {
    const samples = Float32Array.from({ length }, () => random() - 0.5);
    const power = powerSpectrum(samples);
    assert.equal(power.length, Math.floor(length / 2) + 1);
    power.forEach((value, bin) => {
      let [re, im] = [0, 0];
      for (let n = 0; n < length; n++) {
        re += samples[n] * Math.cos((2 * Math.PI * bin * n) / length);
        im -= samples[n] * Math.sin((2 * Math.PI * bin * n) / length);
      }
      assert.ok(Math.abs(value - (re * re + im * im)) < 1e-4, `${length} samples, bin ${bin}`);
    });
  }
});
