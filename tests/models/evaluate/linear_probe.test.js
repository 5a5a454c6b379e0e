import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probe } from '../../../models/evaluate/linear_probe.js';
import { randomNumbers } from '../../web/support/random_numbers.js';

const CENTRES = { car: [3, 0, 1], dog: [0, 3, 1], rain: [-2, -2, 1] };

/** Vectors around a centre for each label; the last feature never changes. @param {number} count @param {string} fold */
function examples(count, fold) {
  const random = randomNumbers(Number(fold));
  return Object.entries(CENTRES).flatMap(([label, [x, y, z]]) =>
    Array.from({ length: count }, () => ({
      label,
      fold,
      vector: Float32Array.of(x + random() - 0.5, y + random() - 0.5, z),
    })),
  );
}

test('labels that a plane separates are all found', async () => {
  assert.equal(await probe([...examples(20, '1'), ...examples(10, '2'), ...examples(5, '3')]), 1);
});

test('each fold is tested, and wrong answers count', async () => {
  const names = Object.keys(CENTRES);
  // One of ten of each kind has the next one's name.
  const mistaken = examples(10, '2').map((example, index) =>
    index % 10 ? example : { ...example, label: names[(names.indexOf(example.label) + 1) % 3] },
  );
  assert.equal(await probe([...examples(20, '1'), ...mistaken]), 87 / 90);
});

test('nothing is tested on what was learned from', async () => {
  const names = Object.keys(CENTRES);
  // In each fold the kinds' names are other ones, so that what the others teach is wrong.
  const rotated = [0, 1, 2].flatMap((shift) =>
    examples(10, String(shift)).map((example) => ({
      ...example,
      label: names[(names.indexOf(example.label) + shift) % 3],
    })),
  );
  assert.equal(await probe(rotated), 0);
});

test('labels that have nothing to do with the vectors are not found', async () => {
  const names = Object.keys(CENTRES);
  const random = randomNumbers(3);
  const shuffled = [...examples(100, '1'), ...examples(100, '2')].map((example) => ({
    ...example,
    label: names[Math.floor(3 * random())],
  }));
  const right = await probe(shuffled);
  assert.ok(right > 0.2 && right < 0.5, `${right}`);
});
