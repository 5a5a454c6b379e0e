import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SoundIndex, similarity } from 'edgel3/analysis';
import { randomNumbers } from '../support/random_numbers.js';

/** @param {number} seed @param {number} count @param {number} dimension */
function vectors(seed, count, dimension) {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () =>
    Float32Array.from({ length: dimension }, () => 2 * random() - 1),
  );
}

/** @param {Float32Array[]} rows */
function indexOf(rows) {
  const index = new SoundIndex();
  for (const [id, row] of rows.entries()) index.add(id, row);
  return index;
}

test('a search finds exactly what comparing with each finds, in any dimension', () => {
  for (const dimension of [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 31, 64, 512]) {
    const rows = vectors(dimension, 1000, dimension);
    const index = indexOf(rows);
    assert.deepEqual([index.size, index.dimension], [1000, dimension]);
    for (const query of vectors(99, 3, dimension)) {
      const found = index.search(query, { k: 20 });
      const expected = rows.map((row) => similarity(query, row)).sort((a, b) => b - a);
      assert.equal(found.length, 20);
      for (const [place, { id, similarity: cosine }] of found.entries()) {
        assert.ok(Math.abs(cosine - expected[place]) < 1e-12);
        assert.ok(Math.abs(cosine - similarity(query, rows[Number(id)])) < 1e-12);
      }
      assert.equal(new Set(found.map(({ id }) => id)).size, 20);
    }
  }
});

test('more than one block of rows', () => {
  const rows = vectors(5, 70_000, 8);
  const index = indexOf(rows);
  for (const id of [0, 32_767, 32_768, 65_535, 65_536, 69_999]) {
    const [best] = index.search(rows[id], { k: 1 });
    assert.equal(best.id, id);
    assert.ok(Math.abs(best.similarity - 1) < 1e-12);
  }
});

test('fewer than k, none at all, and k of all', () => {
  const index = new SoundIndex();
  assert.deepEqual(index.search([1, 2]), []);
  index.add('a', [1, 0]);
  index.add('b', [0, 1]);
  index.add('zeros', [0, 0]);
  const found = index.search([2, 1], { k: 100 });
  assert.deepEqual(
    found.map(({ id }) => id),
    ['a', 'b', 'zeros'],
  );
  assert.equal(found[2].similarity, 0);
  assert.deepEqual(
    index.search([0, 0]).map(({ similarity }) => similarity),
    [0, 0, 0],
  );
});

test('equally similar ones come in the order in which they were added', () => {
  const index = new SoundIndex();
  for (let id = 0; id < 100; id++) index.add(id, [3, 4]);
  assert.deepEqual(
    index.search([3, 4], { k: 5 }).map(({ id }) => id),
    [0, 1, 2, 3, 4],
  );
});

test('duplicates are the pairs above the threshold, and what hangs together by them', () => {
  const at = (/** @type {number} */ angle) => Float32Array.of(Math.cos(angle), Math.sin(angle));
  const index = new SoundIndex();
  // A chain of steps of 0.1, a pair, a single one, and the chain's first one louder.
  for (const [id, angle] of Object.entries({ a: 0, b: 0.1, c: 0.2, d: 1, e: 1.05, f: 2 })) {
    index.add(id, at(angle));
  }
  index.add(
    'loud',
    at(0).map((value) => 8 * value),
  );
  index.add('zeros', [0, 0]);
  index.add('more zeros', [0, 0]);
  assert.deepEqual(index.duplicates({ threshold: Math.cos(0.11) }), [
    ['a', 'b', 'c', 'loud'],
    ['d', 'e'],
    ['zeros', 'more zeros'],
  ]);
  assert.deepEqual(index.duplicates({ threshold: 1 }), [
    ['a', 'loud'],
    ['zeros', 'more zeros'],
  ]);
  assert.deepEqual(new SoundIndex().duplicates(), []);
});

test('duplicates are those that comparing all pairs finds', () => {
  const rows = vectors(3, 300, 4);
  const threshold = 0.98;
  const groups = rows.map((_, index) => index);
  for (const [i, a] of rows.entries()) {
    for (let j = 0; j < i; j++) {
      if (similarity(a, rows[j]) < threshold || groups[i] === groups[j]) continue;
      const [kept, gone] = [Math.min(groups[i], groups[j]), Math.max(groups[i], groups[j])];
      for (const [k, group] of groups.entries()) if (group === gone) groups[k] = kept;
    }
  }
  const expected = [...new Set(groups)]
    .map((group) => groups.flatMap((other, index) => (other === group ? [index] : [])))
    .filter(({ length }) => length > 1);
  assert.ok(expected.length > 5);
  assert.deepEqual(indexOf(rows).duplicates({ threshold }), expected);
});

test('a million identical vectors', () => {
  const index = new SoundIndex();
  const same = Float32Array.of(1, 2, 3, 4);
  for (let id = 0; id < 1e6; id++) index.add(id, same);
  assert.deepEqual(
    index.search(same, { k: 3 }).map(({ id }) => id),
    [0, 1, 2],
  );
  const [group, ...others] = index.duplicates();
  assert.deepEqual([group.length, others.length], [1e6, 0]);
});

test('what was saved is what is loaded', () => {
  const index = new SoundIndex();
  for (const [id, row] of vectors(8, 40_000, 3).entries()) index.add(id % 2 ? id : `${id} é`, row);
  const bytes = index.save();
  // As it may come from a file: anywhere in its buffer.
  const moved = new Uint8Array(bytes.length + 3).subarray(3);
  moved.set(bytes);
  for (const loaded of [SoundIndex.load(bytes), SoundIndex.load(moved)]) {
    assert.deepEqual([loaded.size, loaded.dimension], [40_000, 3]);
    assert.deepEqual(loaded.search([1, 2, 3], { k: 50 }), index.search([1, 2, 3], { k: 50 }));
    assert.deepEqual(loaded.save(), bytes);
  }
  assert.equal(SoundIndex.load(new SoundIndex().save()).size, 0);
});

test('a Buffer of Node, small ones lying in one with others, is read as the bytes that it holds', () => {
  for (const count of [5, 5000]) {
    const index = indexOf(vectors(2, count, 4));
    const loaded = SoundIndex.load(Buffer.from(index.save()));
    assert.deepEqual(loaded.search([1, 2, 3, 4]), index.search([1, 2, 3, 4]));
    assert.deepEqual(loaded.save(), index.save());
  }
});

test('bytes that are no index, of another version, or damaged', () => {
  const index = indexOf(vectors(1, 5, 4));
  const bytes = index.save();
  for (const strange of [new Uint8Array(0), new Uint8Array(100), bytes.slice(1), undefined, 'EDGEL3I']) {
    assert.throws(() => SoundIndex.load(/** @type {any} */ (strange)), { code: 'file_unsupported' });
  }
  const other = bytes.slice();
  other[7] = 9;
  assert.throws(() => SoundIndex.load(other), { code: 'file_unsupported', message: /version 9/ });
  for (let length = 16; length < bytes.length; length++) {
    assert.throws(() => SoundIndex.load(bytes.slice(0, length)), { code: 'file_damaged' });
  }
  const notANumber = bytes.slice();
  new DataView(notANumber.buffer).setFloat32(bytes.length - 4, Number.NaN, true);
  assert.throws(() => SoundIndex.load(notANumber), { code: 'file_damaged' });
});

test('vectors that are none, of another dimension, and options that make no sense', () => {
  const index = indexOf(vectors(1, 5, 4));
  const mismatch = { name: 'EdgeL3Error', code: 'model_mismatch' };
  assert.throws(() => index.add('x', [1, 2, 3]), mismatch);
  assert.throws(() => index.search([1, 2, 3]), mismatch);
  for (const vector of [[1, 2, 3, Number.NaN], [1, 2, 3, Number.POSITIVE_INFINITY], [], 'abcd', null]) {
    assert.throws(() => index.add('x', /** @type {any} */ (vector)), { code: 'embedding_invalid' });
    assert.throws(() => index.search(/** @type {any} */ (vector)), { code: 'embedding_invalid' });
  }
  for (const id of [undefined, null, {}, Number.NaN]) {
    assert.throws(() => index.add(/** @type {any} */ (id), [1, 2, 3, 4]), { code: 'option_invalid' });
  }
  for (const k of [0, -1, 1.5, '3', Number.NaN]) {
    assert.throws(() => index.search([1, 2, 3, 4], { k: /** @type {any} */ (k) }), {
      code: 'option_invalid',
    });
  }
  for (const threshold of [0, -1, 1.1, Number.NaN]) {
    assert.throws(() => index.duplicates({ threshold }), { code: 'option_invalid' });
  }
  assert.equal(index.size, 5);
});

test('numbers that float32 does not hold are refused, in the index and in a search', () => {
  const index = new SoundIndex();
  const refused = {
    name: 'EdgeL3Error',
    code: 'embedding_invalid',
    message: /Number 1 of an embedding is Infinity/,
  };
  assert.throws(() => index.add('large', Float64Array.of(1, 1e300)), refused);
  index.add('small', [1, 2]);
  assert.throws(() => index.search([1, 1e300]), refused);
  assert.equal(index.size, 1);
});
