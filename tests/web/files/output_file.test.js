import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { OutputFile } from '../../../web/files/output_file.js';
import { randomNumbers } from '../support/random_numbers.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

test('appended, overwritten and read again, in pieces of any length: as in memory', async () => {
  const random = randomNumbers(4);
  const below = (/** @type {number} */ limit) => Math.floor(random() * limit);
  for (let round = 0; round < 30; round++) {
    const path = join(folder, `${round}`);
    const file = await OutputFile.create(path);
    let expected = Buffer.alloc(0);
    const lengths = [0, 1, 100, 5000, 65_535, 65_536, 65_537, 200_000];
    for (let step = 0; step < 12; step++) {
      const bytes = Buffer.alloc(lengths[below(lengths.length)], 1 + below(255));
      await file.append(bytes);
      expected = Buffer.concat([expected, bytes]);
      assert.equal(file.position, expected.length);
      const start = below(expected.length);
      const end = start + below(expected.length - start);
      const over = Buffer.alloc(end - start, 1 + below(255));
      await file.overwrite(over, start);
      expected.set(over, start);
      const [from, to] = [below(expected.length), expected.length].sort((a, b) => a - b);
      const read = [];
      for await (const piece of file.read(from, to)) read.push(Buffer.from(piece));
      assert.deepEqual(Buffer.concat(read), expected.subarray(from, to));
    }
    await file.finish();
    assert.deepEqual(readFileSync(path), expected);
  }
  assert.equal(readdirSync(folder).length, 30);
});
