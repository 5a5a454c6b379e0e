import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ArrivalClock } from '../../../web/cli/arrival_clock.js';

/**
 * @param {[number, number][]} arrivals seconds of sound so far, and when that was: milliseconds
 * @returns {(seconds: number) => number} milliseconds of a moment
 */
function clockOf(arrivals) {
  let now = 0;
  const clock = new ArrivalClock(() => now);
  for (const [seconds, time] of arrivals) {
    now = time;
    clock.arrived(seconds);
  }
  return (seconds) => clock.timeOf(seconds).getTime();
}

test('a moment is when the samples that arrived next were heard', () => {
  const timeOf = clockOf([
    [1, 11_000],
    [2, 12_000],
    [3, 13_000],
  ]);
  assert.deepEqual([0, 1, 1.5, 3, 3.5].map(timeOf), [10_000, 11_000, 11_500, 13_000, 13_500]);
});

test('a gap in the sound is one in time, and a sound card that is slow does not add up', () => {
  const timeOf = clockOf([
    [1, 1000],
    [2, 2000],
    [3, 63_000],
    [4, 64_010],
  ]);
  assert.deepEqual([1.5, 2.5, 4].map(timeOf), [1500, 62_500, 64_010]);
});

test('many small pieces, for hours: an hour is remembered, and before it the sample rate counts', () => {
  const arrivals = Array.from({ length: 4 * 7200 }, (_, k) => [(k + 1) / 4, 250 * (k + 1)]);
  // The second hour comes a minute late.
  for (const arrival of arrivals.slice(4 * 3600)) arrival[1] += 60_000;
  const timeOf = clockOf(/** @type {[number, number][]} */ (arrivals));
  assert.equal(timeOf(7200), 7_260_000);
  assert.equal(timeOf(3610.5), 3_670_500);
  assert.equal(timeOf(10), 70_000);
});
