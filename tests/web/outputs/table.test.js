import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { MemoryOutput } from '../../../web/outputs/memory_output.js';
import { createTable, readTable, tableFormatOf } from '../../../web/outputs/table/table.js';

/** @import { Rows, TableFormat } from '../../../web/outputs/table/table.js' */

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const FORMATS = /** @type {const} */ (['parquet', 'npz', 'csv', 'jsonl']);
const DIMENSION = 64;

/** @param {string} file @param {number} count @returns {Rows} */
function makeRows(file, count) {
  return {
    file,
    starts: Float64Array.from({ length: count }, (_, row) => row * 0.1 - 0.5),
    ends: Float64Array.from({ length: count }, (_, row) => row * 0.1 + 0.5),
    embedding: Float32Array.from(
      { length: count * DIMENSION },
      (_, at) => Math.max(0, Math.sin(at * at)) / 3,
    ),
  };
}

const sounds = [
  makeRows('a, with "quotes".wav', 3),
  makeRows('folder/b\nnew line.flac', 5000),
  makeRows('ñ 鳥 🐦.wav', 1),
  makeRows('z', 40_000),
];

/** Of each file, its bytes and its time. @param {Rows[]} rows */
const inputsOf = (rows) =>
  Float64Array.from(rows.flatMap((_, index) => [1234 + index, 1_792_000_000_123 + index]));

/** @param {TableFormat} format @param {Rows[]} rows */
async function encode(format, rows) {
  const output = new MemoryOutput();
  const table = await createTable(format, output, { dimension: DIMENSION, provenance: '{"hop":"0.1 µ"}' });
  for (const piece of rows) await table.write(piece);
  await table.end(inputsOf(rows));
  return output.bytes.slice();
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
const asBytes = (bytes) => ({
  byteLength: bytes.length,
  read: async (/** @type {number} */ start, /** @type {number} */ end) => bytes.slice(start, end),
});

/** Puts the pieces of a file together again. @param {AsyncIterable<Rows>} rows */
async function collect(rows) {
  /** @type {Map<string, { starts: number[], ends: number[], embedding: number[] }>} */
  const files = new Map();
  for await (const { file, starts, ends, embedding } of rows) {
    const known = files.get(file) ?? { starts: [], ends: [], embedding: [] };
    for (const value of starts) known.starts.push(value);
    for (const value of ends) known.ends.push(value);
    for (const value of embedding) known.embedding.push(value);
    files.set(file, known);
  }
  return files;
}

for (const format of FORMATS) {
  describe(format, () => {
    test('what is written is read again to the last bit', async () => {
      const { provenance, inputs, rows } = await readTable(format, asBytes(await encode(format, sounds)));
      const hasRoom = ['parquet', 'npz'].includes(format);
      assert.equal(provenance, hasRoom ? '{"hop":"0.1 µ"}' : undefined);
      assert.deepEqual(inputs, hasRoom ? inputsOf(sounds) : undefined);
      const files = await collect(rows);
      assert.deepEqual(
        [...files.keys()],
        sounds.map(({ file }) => file),
      );
      for (const { file, starts, ends, embedding } of sounds) {
        const read = files.get(file);
        assert.deepEqual(Float64Array.from(read?.starts ?? []), starts);
        assert.deepEqual(Float64Array.from(read?.ends ?? []), ends);
        assert.deepEqual(Float32Array.from(read?.embedding ?? []), embedding);
      }
    });

    test('the same rows give the same bytes, and none give an empty table', async () => {
      assert.deepEqual(await encode(format, sounds.slice(0, 1)), await encode(format, sounds.slice(0, 1)));
      const { rows } = await readTable(format, asBytes(await encode(format, [])));
      assert.equal((await collect(rows)).size, 0);
    });

    test('a table that is cut off is damaged', async () => {
      const bytes = await encode(format, sounds.slice(0, 1));
      await assert.rejects(
        async () => collect((await readTable(format, asBytes(bytes.slice(0, -40)))).rows),
        { code: 'file_damaged' },
      );
    });
  });
}

test('the format goes by the ending', () => {
  assert.equal(tableFormatOf('all.PARQUET'), 'parquet');
  assert.throws(() => tableFormatOf('all.xlsx'), { code: 'option_invalid' });
});

/** @param {string} modules that a Python must have */
const pythonWith = (modules) =>
  ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', `import ${modules}`]).status === 0,
  );

const facts = sounds.map(({ file, starts, ends, embedding }) => [
  file,
  starts.length,
  starts[0],
  ends[ends.length - 1],
  embedding[embedding.length - 1],
]);

const numpy = pythonWith('numpy');
test('numpy reads the .npz', { skip: !numpy && 'there is no python3 with numpy' }, async () => {
  const path = join(folder, 'table.npz');
  writeFileSync(path, await encode('npz', sounds));
  const script = `import json, sys, numpy as np
t = np.load(sys.argv[1])
assert sorted(t) == ['embedding', 'end', 'file', 'start'], sorted(t)
assert t['embedding'].dtype == np.float32 and t['embedding'].shape[1] == 64
names = list(dict.fromkeys(t['file'].tolist()))
print(json.dumps([[n, int((t['file'] == n).sum()), t['start'][t['file'] == n][0], t['end'][t['file'] == n][-1], float(t['embedding'][t['file'] == n][-1, -1])] for n in names]))`;
  assert.deepEqual(
    JSON.parse(execFileSync(String(numpy), ['-c', script, path], { encoding: 'utf8' })),
    facts,
  );
});

const reader = pythonWith('pyarrow') ? 'pyarrow' : 'fastparquet';
const python = pythonWith(reader);
test('Python reads the .parquet', {
  skip: !python && 'there is no python3 with pyarrow or fastparquet',
}, async () => {
  const path = join(folder, 'table.parquet');
  writeFileSync(path, await encode('parquet', sounds));
  const script = `import json, sys, pandas as pd
t = pd.read_parquet(sys.argv[1], engine='${reader}')
assert list(t.columns) == ['file', 'start', 'end', 'embedding'], t.columns
groups = [(n, t[t.file == n]) for n in dict.fromkeys(t.file)]
print(json.dumps([[n, len(g), g.start.iloc[0], g.end.iloc[-1], float(g.embedding.iloc[-1][-1])] for n, g in groups]))`;
  assert.deepEqual(
    JSON.parse(execFileSync(String(python), ['-c', script, path], { encoding: 'utf8' })),
    facts,
  );
});
