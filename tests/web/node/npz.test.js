import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import npyjs from 'npyjs';
import { encodeNpz } from '../../../web/node/npz.js';

const arrays = {
  embedding: { data: Float32Array.of(1, -2.5, 3e-8, 0, 5, Number.NaN), shape: [3, 2] },
  timestamps: { data: Float64Array.of(0, 0.1, 0.2), shape: [3] },
};

test('npyjs reads what was written', () => {
  const files = unzipSync(encodeNpz(arrays));
  assert.deepEqual(Object.keys(files), ['embedding.npy', 'timestamps.npy']);
  const npy = new npyjs();
  for (const [name, array] of Object.entries(arrays)) {
    const read = npy.parse(files[`${name}.npy`].slice().buffer);
    assert.deepEqual(read.data, array.data);
    assert.deepEqual(read.shape, array.shape);
    assert.equal(read.fortranOrder, false);
  }
});

test('the data of each array begins at a multiple of 64, as the format asks', () => {
  for (const bytes of Object.values(unzipSync(encodeNpz(arrays)))) {
    const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
    assert.equal((10 + headerLength) % 64, 0);
    assert.equal(bytes[9 + headerLength], '\n'.charCodeAt(0));
  }
});

test('the same arrays give the same file, whenever and wherever', () => {
  const script = `import { encodeNpz } from '${new URL('../../../web/node/npz.js', import.meta.url)}';
    process.stdout.write(encodeNpz({ a: { data: Float32Array.of(1), shape: [1] } }));`;
  const [west, east] = ['Pacific/Honolulu', 'Pacific/Auckland'].map((TZ) =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ } }),
  );
  assert.deepEqual(west, east);
});

// Debian's python3-numpy belongs to Debian's own Python, which need not be the first on PATH.
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import numpy']).status === 0,
);
test('numpy.load reads what was written', { skip: !python && 'there is no python3 with numpy' }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'arrays.npz');
  writeFileSync(path, encodeNpz(arrays));
  const script = `import json, sys, numpy
arrays = numpy.load(sys.argv[1])
print(json.dumps({name: [str(a.dtype), a.shape, [repr(float(x)) for x in a.flat]] for name, a in arrays.items()}))`;
  const read = JSON.parse(execFileSync(String(python), ['-c', script, path], { encoding: 'utf8' }));
  for (const [name, { data, shape }] of Object.entries(arrays)) {
    const [type, readShape, values] = read[name];
    assert.equal(type, data instanceof Float64Array ? 'float64' : 'float32');
    assert.deepEqual(readShape, shape);
    assert.deepEqual(values.map(Number), Array.from(data));
  }
});
