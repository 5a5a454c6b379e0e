import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confusion } from '../../../web/analysis/held_out.js';

const recording = (/** @type {number[]} */ angles) => ({
  vectors: angles.map((angle) => Float32Array.of(Math.cos(angle), Math.sin(angle))),
});
const steady = (/** @type {number} */ angle, count = 31) => recording(Array(count).fill(angle));

test('classes that differ are told apart, and counted by held-out windows only', () => {
  const counts = confusion([
    { name: 'a', recordings: [steady(0)] },
    { name: 'b', recordings: [steady(1), steady(1.2)] },
  ]);
  // Of 31 windows in 4 s the last 11 share nothing with the first 11.
  assert.deepEqual(counts, [
    [11, 0],
    [0, 22],
  ]);
});

test('what changes in the middle is not recognised: nothing is learned from what is asked', () => {
  const changing = recording([...Array(16).fill(0), ...Array(15).fill(1)]);
  const counts = confusion([
    { name: 'a', recordings: [changing] },
    { name: 'b', recordings: [steady(1)] },
  ]);
  assert.deepEqual(counts, [
    [0, 11],
    [0, 11],
  ]);
});

test('recordings that are too short to be cut count nothing', () => {
  const counts = confusion([
    { name: 'a', recordings: [steady(0, 10)] },
    { name: 'b', recordings: [steady(1, 1)] },
  ]);
  assert.deepEqual(counts, [
    [0, 0],
    [0, 0],
  ]);
});
