import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolOverTime } from 'edgel3/analysis';
import { matrix } from './matrices.js';

test('the numbers are those of numpy', () => {
  const rows = matrix(21, 5, 3, 10);
  const mean = [4.002103255130351, 5.281425575260073, 3.2663395013660192];
  // ndarray.std(0), of the population.
  const deviation = [2.2408813037477606, 2.913932891923241, 2.464846862560502];
  assert.deepEqual(poolOverTime(rows), Float32Array.from(mean));
  assert.deepEqual(poolOverTime(rows, 'mean'), Float32Array.from(mean));
  assert.deepEqual(
    poolOverTime(rows, 'max'),
    Float32Array.of(7.882159107830375, 8.792478062678128, 8.01609508227557),
  );
  assert.deepEqual(poolOverTime(rows, 'meanstd'), Float32Array.from([...mean, ...deviation]));
});

test('one window has no deviation; what is none is refused', () => {
  assert.deepEqual(poolOverTime([[1, -2]], 'meanstd'), Float32Array.of(1, -2, 0, 0));
  assert.deepEqual(poolOverTime([[-1, -2]], 'max'), Float32Array.of(-1, -2));
  assert.throws(() => poolOverTime([]), { name: 'EdgeL3Error', code: 'embedding_invalid' });
  assert.throws(() => poolOverTime([[1, Number.NaN]]), { code: 'embedding_invalid' });
  assert.throws(() => poolOverTime([[1], [1, 2]]), { code: 'embedding_invalid' });
  assert.throws(() => poolOverTime(/** @type {any} */ (undefined)), { code: 'embedding_invalid' });
  for (const pooling of ['median', '', 'toString', null, 3]) {
    assert.throws(() => poolOverTime([[1]], /** @type {any} */ (pooling)), { code: 'option_invalid' });
  }
});
