import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureByTurns, summarise } from './measure.js';

test('tasks take turns after each has warmed up', async () => {
  let order = '';
  const timings = await measureByTurns(
    {
      a: () => {
        order += 'a';
      },
      b: async () => {
        order += 'b';
      },
    },
    4,
  );
  assert.match(order, /^a{3,}b{3,}(ab){4}$/);
  assert.equal(timings.a.runs, 4);
});

test('median and quartiles lie between the runs next to them', () => {
  assert.deepEqual(summarise([4, 1, 2, 3]), {
    median: 2.5,
    lowerQuartile: 1.75,
    upperQuartile: 3.25,
    runs: 4,
  });
});
