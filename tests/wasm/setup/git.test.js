import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkOutCommit } from '../../../wasm/setup/git.js';
import { SetupError } from '../../../wasm/setup/step.js';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

const URL = 'https://nowhere.invalid/library.git';
// Where git finds what has that address: in a clone on this machine.
Object.assign(process.env, {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: `url.${join(folder, 'clone')}.insteadOf`,
  GIT_CONFIG_VALUE_0: URL,
});

/** @param {string[]} args @returns {string} what git prints, in the clone */
const git = (...args) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: join(folder, 'clone'),
    encoding: 'utf8',
  }).trim();

execFileSync('git', ['init', '--quiet', join(folder, 'clone')]);
/** The ids of two commits, by what the file says. */
const commits = ['old', 'new'].map((text) => {
  writeFileSync(join(folder, 'clone/file'), text);
  git('add', 'file');
  git('commit', '--quiet', '--message', text);
  return git('rev-parse', 'HEAD');
});

test('a commit is fetched by its id, whatever came after it, and leaves no history', () => {
  for (const [index, text] of ['old', 'new'].entries()) {
    const checkout = join(folder, text);
    checkOutCommit({ url: URL, commit: commits[index] }, checkout, 'advice');
    assert.equal(readFileSync(join(checkout, 'file'), 'utf8'), text);
    assert.ok(!existsSync(join(checkout, '.git')));
  }
});

test('a commit that is not there, and an address where nothing is, end in the advice', (t) => {
  t.mock.method(console, 'error', () => {});
  const elsewhere = { url: join(folder, 'nothing'), commit: commits[0] };
  const unknown = { url: URL, commit: 'f'.repeat(40) };
  for (const [index, commit] of [elsewhere, unknown].entries()) {
    assert.throws(
      () => checkOutCommit(commit, join(folder, `failed-${index}`), 'Do this.'),
      (error) => error instanceof SetupError && error.message === 'Do this.',
    );
  }
});
