import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapOf } from 'edgel3/analysis';
import { randomNumbers } from '../support/random_numbers.js';

const random = randomNumbers(9);
/** Forty directions around each of three axes. */
const clusters = Array.from({ length: 120 }, (_, index) =>
  Float32Array.from({ length: 16 }, (_, i) => (i === index % 3 ? 5 : 0) + random()),
);

test('those that sound alike are close', async () => {
  const points = await mapOf(clusters);
  const centres = [0, 1, 2].map((kind) =>
    [0, 1].map((axis) => {
      const own = points.filter((_, index) => index % 3 === kind);
      return own.reduce((sum, point) => sum + point[axis], 0) / own.length;
    }),
  );
  for (const [index, [x, y]] of points.entries()) {
    const distances = centres.map(([cx, cy]) => Math.hypot(x - cx, y - cy));
    assert.equal(distances.indexOf(Math.min(...distances)), index % 3);
  }
});

test('the same seed gives the same map, another one another', async () => {
  const map = await mapOf(clusters, { seed: 4 });
  assert.deepEqual(await mapOf(clusters, { seed: 4 }), map);
  assert.ok(JSON.stringify(await mapOf(clusters, { seed: 5 })) !== JSON.stringify(map));
});

test('few embeddings, and equal ones, have a map too', async () => {
  const sets = [1, 2, 3, 4, 5, 6, 16].map((count) => clusters.slice(0, count));
  sets.push(Array(20).fill(clusters[0]), [...Array(20).fill(clusters[0]), clusters[1]]);
  sets.push([...Array(10).fill(new Float32Array(16)), ...clusters.slice(0, 5)]);
  for (const set of sets) {
    const points = await mapOf(set);
    assert.equal(points.length, set.length);
    for (const point of points) assert.ok(point.length === 2 && point.every(Number.isFinite), String(point));
  }
});

test('it can be watched and ended, and refuses what makes no sense', async () => {
  /** @type {number[]} */
  const done = [];
  await mapOf(clusters, { onProgress: (progress) => done.push(progress.done / progress.total) });
  assert.ok(done.length > 3 && done.every((fraction, i) => i === 0 || fraction > done[i - 1]));
  const aborter = new AbortController();
  const map = mapOf(clusters, { signal: aborter.signal, onProgress: () => aborter.abort() });
  await assert.rejects(map, { code: 'aborted' });
  await assert.rejects(mapOf([]), { code: 'embedding_invalid' });
  await assert.rejects(mapOf(clusters, { neighbours: 0 }), { code: 'option_invalid' });
  await assert.rejects(mapOf(clusters, { seed: 0.5 }), { code: 'option_invalid' });
});
