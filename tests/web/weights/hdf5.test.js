import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hdf5Error, isHdf5, openHdf5 } from '../../../web/weights/hdf5.js';
import { goldenModel } from '../support/model_files.js';

const file = goldenModel('sea64');
const kernel = 'model_weights/conv2d_2/conv2d_2/kernel:0';

test('groups, datasets and strings of a file that h5py wrote', () => {
  const root = openHdf5(file);
  assert.deepEqual(root.strings('backend'), ['tensorflow']);
  const group = root.get('model_weights');
  assert.deepEqual(group?.strings('layer_names')?.slice(0, 3), [
    'input_1',
    'melspectrogram_1',
    'batch_normalization_1',
  ]);
  assert.deepEqual(root.get('model_weights/conv2d_2')?.strings('weight_names'), [
    'conv2d_2/kernel:0',
    'conv2d_2/bias:0',
  ]);
  const dataset = root.get(kernel);
  assert.deepEqual(dataset?.shape, [3, 3, 32, 32]);
  assert.equal(dataset?.readFloats().length, 9216);
});

test('a model_config longer than any other string comes whole', () => {
  const [text] = openHdf5(file).strings('model_config') ?? [];
  assert.equal(JSON.parse(text).class_name, 'Model');
});

test('what is not there is undefined', () => {
  const root = openHdf5(file);
  assert.equal(root.get('nothing'), undefined);
  assert.equal(root.get('model_weights/nothing/at/all'), undefined);
  assert.equal(root.get(`${kernel}/below a dataset`), undefined);
  assert.equal(root.strings('nothing'), undefined);
});

test('a Buffer that begins anywhere is read as well', () => {
  const moved = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
  assert.deepEqual(openHdf5(moved).get(kernel)?.readFloats(), openHdf5(file).get(kernel)?.readFloats());
});

test('other files are told apart', () => {
  assert.ok(isHdf5(file));
  for (const text of ['', '\x89HDF', '<!doctype html>']) {
    assert.ok(!isHdf5(Buffer.from(text)));
    assert.throws(() => openHdf5(Buffer.from(text)), Hdf5Error);
  }
});

test('newer forms of HDF5 are named as such', () => {
  const newer = Uint8Array.from(file);
  newer[8] = 3;
  assert.throws(() => openHdf5(newer), { name: 'Error', message: /newer form of HDF5/ });
});

/** A copy in which bytes, wherever they stand, are others. @param {number[]} bytes @param {number[]} replacement */
function patch(bytes, replacement) {
  const copy = Buffer.from(file);
  let at = copy.indexOf(Buffer.from(bytes));
  assert.ok(at >= 0);
  for (; at >= 0; at = copy.indexOf(Buffer.from(bytes), at + 1)) copy.set(replacement, at);
  return copy;
}

test('arrays of other numbers, and such in chunks, are named', () => {
  // Datatypes: version 1 and the class, 1 for floats and 0 for integers; layouts: version 3, 1 for contiguous, 2 for chunked.
  for (const [found, replacement, message] of /** @type {[number[], number[], RegExp][]} */ ([
    [[0x11, 0x20, 0x1f, 0], [0x10, 0x20, 0x1f, 0], /little-endian floats/],
    [[8, 0, 24, 0, 0, 0, 0, 0, 3, 1], [8, 0, 24, 0, 0, 0, 0, 0, 3, 2], /cut into chunks/],
  ])) {
    assert.throws(() => openHdf5(patch(found, replacement)).get(kernel)?.readFloats(), message);
  }
});
