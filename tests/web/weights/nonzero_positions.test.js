import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePositions } from '../../../web/weights/nonzero_positions.js';

/** Weights that are not zero at these positions. @param {number} count @param {number[]} positions */
function weightsAt(count, positions) {
  const weights = new Float32Array(count);
  for (const position of positions) weights[position] = -0.5;
  return weights;
}

test('few non-zeros are stored as gaps, with an escape from 255 on', () => {
  assert.deepEqual(encodePositions(weightsAt(5000, [0, 1, 3, 258, 514, 1025])), {
    kind: 'gaps',
    bytes: Uint8Array.of(0, 0, 1, 254, 255, 0, 255, 255, 0),
  });
});

test('many are stored as a mask, from the lowest bit on', () => {
  assert.deepEqual(encodePositions(weightsAt(19, [0, 2, 7, 9, 18])), {
    kind: 'mask',
    bytes: Uint8Array.of(0b10000101, 0b10, 0b100),
  });
});

test('the shorter one is taken, the gaps where both are as long', () => {
  assert.equal(encodePositions(weightsAt(72, [0, 1, 2, 3, 4, 5, 6, 7, 8])).kind, 'gaps');
  assert.equal(encodePositions(weightsAt(72, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).kind, 'mask');
  assert.equal(encodePositions(weightsAt(2400, [2399])).kind, 'gaps');
});

test('a weight that is not a number counts as one that is not zero, the negative zero as zero', () => {
  const { kind, bytes } = encodePositions(Float32Array.of(Number.NaN, -0, 1));
  assert.deepEqual([kind, [...bytes]], ['mask', [0b101]]);
});
