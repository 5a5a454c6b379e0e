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
import { nameThisProcess } from '../../../web/files/this_process.js';
import { TableFile } from '../../../web/node/table_file.js';

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

/** @param {TableFile} table @param {string[]} files */
async function addAll(table, files) {
  for (const file of files) {
    await table.add(makeRows(file, file.length));
    await table.add(makeRows(file, 2 * file.length, 1));
    await table.complete(file);
  }
}

for (const ending of ['parquet', 'npz', 'csv', 'jsonl']) {
  describe(ending, () => {
    const path = join(folder, `table.${ending}`);
    const journal = join(folder, `.table.${ending}.unfinished`);
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
          files.filter((file) => !table.has(file)),
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
        ['a', 'bb', 'ccc'].map((file) => second.has(file)),
        [true, false, true],
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
      if (['parquet', 'npz'].includes(ending)) {
        await assert.rejects(TableFile.open(path, other), {
          code: 'output_unwritable',
          message: /hopSize is 0\.1 there, and 0\.5 here/,
        });
      }
      const begun = await TableFile.open(path, options);
      await addAll(begun, ['b']);
      await begun.close();
      const overwriting = await TableFile.open(path, { ...other, overwrite: true });
      assert.deepEqual([overwriting.has('a'), overwriting.has('b')], [false, false]);
      await overwriting.close();
    });
  });
}
