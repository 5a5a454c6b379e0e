import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMetadata, readSafetensors, writeSafetensors } from '../../../web/weights/safetensors.js';

/** @type {import('../../../web/weights/safetensors.js').TensorFile} */
const file = {
  metadata: { format: 'edgel3', name: 'test' },
  tensors: {
    'a.gaps': { dtype: 'U8', shape: [3], data: Uint8Array.of(1, 2, 255) },
    'b.weight': { dtype: 'F16', shape: [1, 2], data: Uint16Array.of(0x3c00, 0xbc00) },
    'z.bias': { dtype: 'F32', shape: [2], data: Float32Array.of(0.1, -2) },
    'c.bias': { dtype: 'F32', shape: [0], data: new Float32Array(0) },
  },
};

/** @param {Record<string, unknown>} header @param {Uint8Array} [data] */
function assemble(header, data = new Uint8Array(0)) {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, data]));
}

test('what was written is read again', () => {
  const read = readSafetensors(writeSafetensors(file));
  assert.deepEqual(read, file);
  assert.deepEqual({ ...readMetadata(writeSafetensors(file)) }, file.metadata);
});

test('the layout: tensors by falling element size, then name, aligned and without holes', () => {
  const bytes = writeSafetensors(file);
  const headerLength = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  assert.equal((8 + headerLength) % 16, 0);
  const { __metadata__, ...entries } = JSON.parse(
    Buffer.from(bytes.subarray(8, 8 + headerLength)).toString(),
  );
  assert.deepEqual(Object.keys(entries), ['c.bias', 'z.bias', 'b.weight', 'a.gaps']);
  assert.deepEqual(
    Object.values(entries).map((entry) => entry.data_offsets),
    [
      [0, 0],
      [0, 8],
      [8, 12],
      [12, 15],
    ],
  );
  assert.equal(bytes.length, 8 + headerLength + 15);
});

test('the same tensors in another order give the same bytes', () => {
  const tensors = Object.fromEntries(Object.entries(file.tensors).reverse());
  assert.deepEqual(writeSafetensors({ ...file, tensors }), writeSafetensors(file));
});

test('a file may stand at any address of a larger array, and in a Buffer', () => {
  const bytes = writeSafetensors(file);
  assert.deepEqual(readSafetensors(Buffer.concat([bytes])), file);
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  assert.deepEqual(readSafetensors(larger.subarray(3)), file);
});

test('a file cut off anywhere is refused', () => {
  const bytes = writeSafetensors(file);
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => readSafetensors(bytes.subarray(0, length)), { code: 'model_invalid' });
  }
});

test('malformed headers are refused', () => {
  const data = new Uint8Array(8);
  const tensor = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
  assert.doesNotThrow(() => readSafetensors(assemble({ tensor }, data)));
  for (const [header, name] of /** @type {[Record<string, unknown>, string][]} */ ([
    [{}, 'data without a tensor'],
    [{ tensor: null }, 'no entry'],
    [{ tensor: { ...tensor, dtype: 'I64' } }, 'type'],
    [{ tensor: { ...tensor, dtype: 'constructor' } }, 'inherited name as type'],
    [{ tensor: { ...tensor, shape: [3] } }, 'shape'],
    [{ tensor: { ...tensor, shape: 'two' } }, 'no shape'],
    [{ tensor: { ...tensor, shape: [-2, -1] } }, 'negative sides'],
    [{ tensor: { ...tensor, data_offsets: [4, 12] } }, 'hole'],
    [{ tensor: { ...tensor, data_offsets: [0, 1e300] } }, 'offset'],
    [{ tensor: { ...tensor, data_offsets: ['0', '8'] } }, 'text as offsets'],
    [{ tensor, again: tensor }, 'overlap'],
  ])) {
    assert.throws(() => readSafetensors(assemble(header, data)), { code: 'model_invalid' }, name);
  }
  for (const text of ['[1]', 'null', '{', '"x"']) {
    const bytes = assemble({});
    const broken = Buffer.concat([bytes.subarray(0, 8), Buffer.from(text)]);
    broken.writeBigUInt64LE(BigInt(text.length));
    assert.throws(() => readSafetensors(broken), { code: 'model_invalid' }, text);
  }
  assert.throws(() => readSafetensors(new Uint8Array(64).fill(0xff)), { code: 'model_invalid' });
  assert.throws(() => readSafetensors(Buffer.from('<!doctype html><title>404</title>')), {
    code: 'model_invalid',
  });
});
