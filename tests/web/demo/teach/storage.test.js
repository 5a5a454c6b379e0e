import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromFile, toFile } from '../../../../web/demo/teach/storage.js';

const network = { name: 'sea64', embeddingDimension: 2 };
const classes = [
  { name: 'tap', recordings: [{ vectors: [Float32Array.of(0.6, 0.8), Float32Array.of(1, 0)] }] },
  { name: 'none', recordings: [] },
];

test('what was saved is what is loaded', () => {
  assert.deepEqual(fromFile(toFile(classes, network), network), classes);
});

test('files that are none, of another network, or damaged', () => {
  for (const text of ['', '{}', 'null', '[1]', '<!doctype html>']) {
    assert.throws(() => fromFile(text, network), /not saved by this page/);
  }
  const file = toFile(classes, network);
  assert.throws(() => fromFile(file, { ...network, name: 'other' }), /sea64/);
  assert.throws(() => fromFile(file.replace('[1,0]', '[1]'), network), /damaged/);
  assert.throws(() => fromFile(file.replace('[1,0]', '[1,"x"]'), network), /damaged/);
});
