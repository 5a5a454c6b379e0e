import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, test } from 'node:test';
import { FileBytes } from '../../../web/files/file_bytes.js';
import { nameThisProcess } from '../../../web/files/this_process.js';
import { TableFile } from '../../../web/node/table_file.js';
import { readTable, tableFormatOf } from '../../../web/outputs/table/table.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const options = { dimension: 4, provenance: '{"hopSize":0.1}' };

/** @param {string} file @param {number} seed @param {number} [count] */
const makeRows = (file, seed, count = 3) => ({
  file,
  starts: Float64Array.from({ length: count }, (_, row) => row / 10),
  ends: Float64Array.from({ length: count }, (_, row) => row / 10 + 1),
  embedding: Float32Array.from({ length: 4 * count }, (_, index) => Math.fround(seed + index / 7)),
});

/** @param {string} file @returns {import('../../../web/node/input_facts.js').InputFacts} of its sound */
const inputOf = (file) => ({
  name: file,
  bytes: 100 * file.length,
  modified: `2026-01-02T03:04:05.00${file.length}Z`,
});

/** @param {TableFile} table @param {string[]} files */
async function addAll(table, files) {
  for (const file of files) {
    await table.add(makeRows(file, file.length));
    await table.add(makeRows(file, 2 * file.length, 1));
    await table.complete(file, inputOf(file));
  }
}

/** @param {TableFile} table @param {string} file */
const isAbsent = (table, file) => table.find(file, inputOf(file)) === 'absent';

/** @param {string} path */
async function readRows(path) {
  const bytes = await FileBytes.open(path);
  const pieces = [];
  for await (const piece of (await readTable(tableFormatOf(path), bytes)).rows) pieces.push(piece);
  await bytes.close();
  return pieces;
}

for (const ending of ['parquet', 'npz', 'csv', 'jsonl']) {
  describe(ending, () => {
    const path = join(folder, `table.${ending}`);
    const journal = join(folder, `.table.${ending}.unfinished`);
    /** Whether such a table has a place for how it was made. */
    const hasRoom = ['parquet', 'npz'].includes(ending);
    beforeEach(() => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
    });

    /** What one run makes of the files. @param {string[]} files */
    async function makeAtOnce(files) {
      const table = await TableFile.open(path, options);
      await addAll(table, files);
      await table.finish();
      const bytes = readFileSync(path);
      rmSync(path);
      return bytes;
    }

    test('in any order, in one run or several, the same bytes; and nothing is left beside it', async () => {
      const expected = await makeAtOnce(['a', 'bb', 'ccc', 'dddd']);
      for (const files of [['dddd', 'bb'], ['ccc'], ['a', 'bb']]) {
        const table = await TableFile.open(path, options);
        await addAll(
          table,
          files.filter((file) => isAbsent(table, file)),
        );
        await table.finish();
      }
      assert.deepEqual(readFileSync(path), expected);
      assert.deepEqual(readdirSync(folder), [`table.${ending}`]);
    });

    test('a run that is cut off loses nothing that was complete, and counts nothing that was not', async () => {
      const expected = await makeAtOnce(['a', 'bb', 'ccc']);
      const first = await TableFile.open(path, options);
      await addAll(first, ['a', 'ccc']);
      await first.add(makeRows('bb', 100));
      await first.close();
      assert.ok(!readdirSync(folder).includes(`table.${ending}`));
      // As a machine without power leaves it: the last record is not whole.
      truncateSync(journal, statSync(journal).size - 5);
      appendFileSync(journal, Buffer.from([1, 2, 3]));
      const second = await TableFile.open(path, options);
      assert.deepEqual(
        ['a', 'bb', 'ccc'].map((file) => second.find(file, inputOf(file))),
        ['same', 'absent', 'same'],
      );
      await addAll(second, ['bb']);
      await second.finish();
      assert.deepEqual(readFileSync(path), expected);
    });

    test('what failed in the middle does not count', async () => {
      const expected = await makeAtOnce(['a']);
      const table = await TableFile.open(path, options);
      await table.add(makeRows('a', 55));
      table.forget('a');
      await addAll(table, ['a']);
      await table.finish();
      assert.deepEqual(readFileSync(path), expected);
    });

    test('while one is at work on a table no other one is, and one that is gone does not count', async () => {
      const table = await TableFile.open(path, options);
      for (const overwrite of [false, true]) {
        await assert.rejects(TableFile.open(path, { ...options, overwrite }), {
          code: 'output_unwritable',
          message: /table\.\w+ is being written by another process/,
        });
      }
      await addAll(table, ['a']);
      await table.close();
      const lock = join(folder, `.table.${ending}.lock`);
      assert.ok(!existsSync(lock));
      // One of an earlier boot of this machine, and one of this boot that has ended.
      const ended = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim();
      const own = (await nameThisProcess()).split('-');
      for (const owner of [own.with(1, 'earlier').join('-'), own.with(3, ended).join('-')]) {
        writeFileSync(lock, owner);
        await (await TableFile.open(path, options)).close();
      }
      writeFileSync(lock, own.with(0, 'elsewhere').join('-'));
      await assert.rejects(TableFile.open(path, options), { message: /remove .*\.lock/ });
      rmSync(lock);
      await (await TableFile.open(path, options)).finish();
      assert.deepEqual(readdirSync(folder), [`table.${ending}`]);
    });

    test('a table to which nothing is added is not written again', async () => {
      const table = await TableFile.open(path, options);
      await addAll(table, ['a']);
      await table.finish();
      const { ino, mtimeMs } = statSync(path);
      await (await TableFile.open(path, options)).finish();
      assert.deepEqual([statSync(path).ino, statSync(path).mtimeMs], [ino, mtimeMs]);
    });

    test('other options are refused, for the table as for its journal', async () => {
      const other = { ...options, provenance: '{"hopSize":0.5}' };
      const table = await TableFile.open(path, options);
      await addAll(table, ['a']);
      await table.close();
      await assert.rejects(TableFile.open(path, other), {
        code: 'output_unwritable',
        message: /hopSize is 0\.1 there, and 0\.5 here/,
      });
      await (await TableFile.open(path, options)).finish();
      if (hasRoom) {
        await assert.rejects(TableFile.open(path, other), {
          code: 'output_unwritable',
          message: /hopSize is 0\.1 there, and 0\.5 here/,
        });
      }
      const begun = await TableFile.open(path, options);
      await addAll(begun, ['b']);
      await begun.close();
      const overwriting = await TableFile.open(path, { ...other, overwrite: true });
      assert.deepEqual([isAbsent(overwriting, 'a'), isAbsent(overwriting, 'b')], [true, true]);
      await overwriting.close();
    });

    test('another sound under the same name is refused; where the table has no place for it, nobody can tell', async () => {
      const first = await TableFile.open(path, options);
      await addAll(first, ['a', 'bb']);
      await first.finish();
      // Facts of what was there before stay when more is added.
      const second = await TableFile.open(path, options);
      await addAll(second, ['aa']);
      await second.finish();
      const third = await TableFile.open(path, options);
      for (const file of ['a', 'aa', 'bb']) {
        if (!hasRoom) {
          assert.equal(third.find(file, inputOf(file)), 'unknown');
          continue;
        }
        assert.equal(third.find(file, inputOf(file)), 'same');
        assert.throws(() => third.find(file, { ...inputOf(file), bytes: 7 }), {
          code: 'output_unwritable',
          message: new RegExp(`input bytes is ${100 * file.length} there, and 7 here[.;]`),
        });
        assert.throws(() => third.find(file, { ...inputOf(file), modified: '2026-01-02T03:04:06.000Z' }), {
          code: 'output_unwritable',
          message:
            /input modified is "2026-01-02T03:04:05\.00\dZ" there, and "2026-01-02T03:04:06\.000Z" here[.;]/,
        });
      }
      await third.close();
    });

    test('what was begun with another sound is computed again', async () => {
      const begun = await TableFile.open(path, options);
      await addAll(begun, ['a', 'bb']);
      await begun.close();
      const again = await TableFile.open(path, options);
      assert.equal(again.find('a', inputOf('a')), 'same');
      const changed = { ...inputOf('bb'), bytes: 7 };
      assert.equal(again.find('bb', changed), 'absent');
      await again.add(makeRows('bb', 50));
      await again.complete('bb', changed);
      assert.equal(again.find('bb', changed), 'same');
      await again.finish();
      const last = await TableFile.open(path, options);
      assert.equal(last.find('bb', changed), hasRoom ? 'same' : 'unknown');
      await last.close();
      const rows = await readRows(path);
      assert.deepEqual(
        rows.map(({ file }) => file),
        ['a', 'bb'],
      );
      assert.deepEqual(rows[1].embedding, makeRows('bb', 50).embedding);
    });

    test('rows of an attempt that was cut off do not count, however often it is', async () => {
      const expected = await makeAtOnce(['a', 'bb']);
      for (let attempt = 0; attempt < 2; attempt++) {
        const cutOff = await TableFile.open(path, options);
        await cutOff.add(makeRows('a', 77));
        await cutOff.close();
      }
      const complete = await TableFile.open(path, options);
      await addAll(complete, ['a']);
      await complete.add(makeRows('bb', 88));
      await complete.close();
      const last = await TableFile.open(path, options);
      await addAll(last, ['bb']);
      await last.finish();
      assert.deepEqual(readFileSync(path), expected);
    });

    test('a run that is cut off between the table and the removal of its journal doubles nothing', async () => {
      const expected = await makeAtOnce(['a', 'bb', 'ccc']);
      const first = await TableFile.open(path, options);
      await addAll(first, ['a', 'bb']);
      await first.close();
      const bytes = readFileSync(journal);
      await (await TableFile.open(path, options)).finish();
      writeFileSync(journal, bytes);
      const second = await TableFile.open(path, options);
      await addAll(second, ['ccc']);
      await second.finish();
      assert.deepEqual(readFileSync(path), expected);
    });

    const noDescriptors = !existsSync('/proc/self/fd') && 'this system does not list what a process has open';
    test('what is refused is not kept open', { skip: noDescriptors }, async () => {
      const first = await TableFile.open(path, options);
      await addAll(first, ['a']);
      await first.close();
      const openFiles = () => readdirSync('/proc/self/fd').length;
      const before = openFiles();
      const other = { ...options, provenance: '{"hopSize":1}' };
      for (let time = 0; time < 3; time++) await assert.rejects(TableFile.open(path, other));
      assert.equal(openFiles(), before);
    });

    test('another version of this package makes no difference', async () => {
      const [older, newer] = ['0.1.0', '0.2.0'].map((edgel3) => ({
        ...options,
        provenance: JSON.stringify({ edgel3, hopSize: 0.1 }),
      }));
      const first = await TableFile.open(path, older);
      await addAll(first, ['a']);
      await first.close();
      await (await TableFile.open(path, newer)).finish();
      await (await TableFile.open(path, older)).close();
    });

    test('embeddings of another length are refused', async () => {
      const first = await TableFile.open(path, options);
      await addAll(first, ['a']);
      await first.finish();
      await assert.rejects(TableFile.open(path, { ...options, dimension: 8 }), {
        code: 'output_unwritable',
        message: /4 numbers.* 8/,
      });
    });
  });
}
