import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probe } from '../../../models/evaluate/linear_probe.js';
import { randomNumbers } from '../../web/support/random_numbers.js';

const CENTRES = { car: [3, 0, 1], dog: [0, 3, 1], rain: [-2, -2, 1] };

/** Vectors around a centre for each label; the last feature never changes. @param {number} count @param {number} seed */
function examples(count, seed) {
  const random = randomNumbers(seed);
  return Object.entries(CENTRES).flatMap(([label, [x, y, z]]) =>
    Array.from({ length: count }, () => ({
      label,
      vector: Float32Array.of(x + random() - 0.5, y + random() - 0.5, z),
    })),
  );
}

test('labels that a plane separates are all found', async () => {
  assert.equal(await probe(examples(20, 1), examples(10, 2)), 1);
});

test('the fraction of right answers counts wrong ones', async () => {
  const tests = examples(10, 2).map((example, index) =>
    index % 2 ? { ...example, label: 'none' } : example,
  );
  assert.equal(await probe(examples(20, 1), tests), 0.5);
});

test('labels that have nothing to do with the vectors are not found', async () => {
  const names = Object.keys(CENTRES);
  const random = randomNumbers(3);
  const shuffle = (/** @type {ReturnType<typeof examples>} */ list) =>
    list.map(({ vector }) => ({ vector, label: names[Math.floor(3 * random())] }));
  const right = await probe(shuffle(examples(100, 1)), shuffle(examples(100, 2)));
  assert.ok(right > 0.2 && right < 0.5, `${right}`);
});
