import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));
process.env.EDGEL3_CACHE = folder;
const { cached } = await import('../../../wasm/setup/cache.js');
const toolchain = join(folder, 'toolchain');

/** A number that no process has: Linux counts to 4,194,304 at most. */
const NO_PROCESS = 4_194_305;

test('a folder is filled once, and only whole', () => {
  let fills = 0;
  const fill = (/** @type {string} */ temporary) => {
    fills++;
    assert.ok(!readdirSync(toolchain).includes('library'));
    writeFileSync(join(temporary, 'file'), 'text');
  };
  for (let count = 0; count < 2; count++) assert.equal(cached('library', fill), join(toolchain, 'library'));
  assert.equal(fills, 1);
  assert.deepEqual(readdirSync(join(toolchain, 'library')), ['file']);
});

test('one that fails leaves nothing, and the next fills it', () => {
  assert.throws(() =>
    cached('failing', () => {
      throw new Error('no network');
    }),
  );
  assert.ok(!readdirSync(toolchain).some((name) => name.startsWith('failing')));
  cached('failing', () => {});
});

test('what a set-up that was killed left behind is cleared away, that of a running one is not', () => {
  const others = [`killed.${process.ppid}.abcdef`, `killed-2.${NO_PROCESS}.abcdef`];
  for (const name of [`killed.${NO_PROCESS}.abcdef`, ...others])
    mkdirSync(join(toolchain, name, 'half'), { recursive: true });
  cached('killed', () => {});
  const left = readdirSync(toolchain).filter((name) => name.startsWith('killed'));
  assert.deepEqual(left.sort(), ['killed', ...others].sort());
});
