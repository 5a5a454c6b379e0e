import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync } from 'fflate';
import npyjs from 'npyjs';
import { OutputFile } from '../../../web/files/output_file.js';
import { NpzWriter } from '../../../web/outputs/npz_writer.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const rows = [Float32Array.of(1, -2.5), Float32Array.of(3e-8, 0), Float32Array.of(5, Number.NaN)];
const path = join(folder, 'arrays.npz');
const output = await OutputFile.create(path);
const writer = new NpzWriter(output, { dimension: 2, hopSize: 0.1 });
for (const row of rows) await writer.write(row);
await writer.end();
await output.finish();
const bytes = readFileSync(path);

const arrays = {
  embedding: { data: Float32Array.of(...rows.flatMap((row) => [...row])), shape: [3, 2] },
  timestamps: { data: Float64Array.of(0, 0.1, 0.2), shape: [3] },
};

test('npyjs reads what was written', () => {
  const files = unzipSync(bytes);
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
  for (const array of Object.values(unzipSync(bytes))) {
    const headerLength = new DataView(array.buffer, array.byteOffset).getUint16(8, true);
    assert.equal((10 + headerLength) % 64, 0);
    assert.equal(array[9 + headerLength], '\n'.charCodeAt(0));
  }
});

// Debian's python3-numpy belongs to Debian's own Python, which need not be the first on PATH.
const python = ['python3', '/usr/bin/python3'].find(
  (program) => spawnSync(program, ['-c', 'import numpy']).status === 0,
);
test('numpy.load reads what was written', { skip: !python && 'there is no python3 with numpy' }, () => {
  const script = `import json, sys, zipfile, numpy
assert zipfile.ZipFile(sys.argv[1]).testzip() is None
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
