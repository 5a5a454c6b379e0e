import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromFloat16Bits, toFloat16Bits } from '../../../web/weights/float16.js';

test('every half-precision number survives the way there and back', () => {
  for (let half = 0; half < 0x10000; half++) {
    const value = fromFloat16Bits(half);
    if (!Number.isNaN(value)) assert.equal(toFloat16Bits(value), half);
  }
});

test('between two neighbours the nearer is taken, at the middle the even one', () => {
  for (let half = 0; half < 0x7bff; half++) {
    const low = fromFloat16Bits(half);
    const high = fromFloat16Bits(half + 1);
    const middle = (low + high) / 2;
    const step = (high - low) / 1024;
    assert.equal(toFloat16Bits(middle), half % 2 === 0 ? half : half + 1);
    assert.equal(toFloat16Bits(middle - step), half);
    assert.equal(toFloat16Bits(middle + step), half + 1);
  }
});

test('what lies beyond the range becomes infinity or zero', () => {
  assert.equal(toFloat16Bits(65519), 0x7bff);
  assert.equal(toFloat16Bits(65520), 0x7c00);
  assert.equal(toFloat16Bits(-1e30), 0xfc00);
  assert.equal(toFloat16Bits(2 ** -25), 0);
  assert.equal(toFloat16Bits(1e-30), 0);
  assert.equal(toFloat16Bits(-0), 0x8000);
  assert.ok(Number.isNaN(fromFloat16Bits(toFloat16Bits(Number.NaN))));
});
