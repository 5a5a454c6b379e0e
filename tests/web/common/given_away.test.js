import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveAway, isGivenAway } from '../../../web/common/given_away.js';

test('what was given away may be transferred, and nothing else', () => {
  const [kept, given] = [new Float32Array(4), new Float64Array(4)];
  assert.deepEqual(giveAway([given]), [given]);
  assert.ok(isGivenAway(given));
  assert.ok(isGivenAway(given.subarray(0)), 'a view of all of it');
  assert.ok(!isGivenAway(given.subarray(1)), 'the rest would go with a part');
  assert.ok(!isGivenAway(kept));
  assert.ok(!isGivenAway(given.slice()));
});
