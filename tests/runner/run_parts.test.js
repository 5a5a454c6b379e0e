// What is told of tests that fail and are skipped.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(folder, { recursive: true }));

/**
 * Runs one part.
 *
 * @param {Partial<import('../parts.js').Part>} part
 * @param {Record<string, string>} [files] texts of tests in JavaScript, by name
 * @returns {Promise<{ code: number, stdout: string, lastLine: string }>}
 */
function runPart(part, files = {}) {
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const path of paths) writeFileSync(path, files[path.slice(folder.length + 1)]);
  const selection = {
    part: { name: 'the part', quick: true, ...part },
    files: paths,
    someOf: [],
    words: [],
  };
  const program = `
    const { runParts } = await import('${new URL('run_parts.js', import.meta.url)}');
    await runParts([${JSON.stringify(selection)}]);`;
  // Node does not run tests inside tests unless it does not know.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', program], { env }, (error, stdout) =>
      resolve({
        code: Number(error?.code ?? 0),
        stdout,
        lastLine: stdout.trimEnd().split('\n').at(-1) ?? '',
      }),
    );
  });
}

const HEAD = `
  import assert from 'node:assert/strict';
  import { describe, test } from 'node:test';`;

test('a test that fails is named, with its assertion and the command that repeats just it', async () => {
  const { code, stdout, lastLine } = await runPart(
    { tests: [] },
    {
      'failing.test.mjs': `${HEAD}
      describe('a suite', () => {
        test('holds (all)', () => {});
        test('adds up', (t) => t.test('in part', () => assert.equal(1 + 1, 3, 'too little')));
      });`,
    },
  );
  assert.equal(code, 1);
  assert.match(stdout, /FAILED .* the part \(1 passed, 1 failed\)/);
  assert.match(stdout, /failing\.test\.mjs:\d+ › a suite › adds up › in part\n {4}too little/);
  assert.match(
    stdout,
    /again: EDGEL3_TEST_BUILD=relaxed .*--test '--test-name-pattern=\^adds up\$' .*failing\.test\.mjs/,
  );
  assert.equal(lastLine, '1 passed, 1 failed, 0 skipped');
});

test('a file that does not run at all fails, and says why', async () => {
  const { stdout, lastLine } = await runPart({ tests: [] }, { 'broken.test.mjs': `import './nowhere.js';` });
  assert.match(stdout, /broken\.test\.mjs/);
  assert.match(stdout, /ERR_MODULE_NOT_FOUND/);
  assert.equal(lastLine, '0 passed, 1 failed, 0 skipped');
});

test('of a build that fails the error is told, not the lines around it', async () => {
  const lines = (/** @type {string} */ text) =>
    Array.from({ length: 200 }, (_, k) => `${k} ${text}`).join('\n');
  writeFileSync(
    join(folder, 'output.txt'),
    `${lines('before')}\na.cc:4:10: fatal error: no b.h\n${lines('behind')}`,
  );
  const { stdout } = await runPart({ commands: [['sh', '-c', `cat ${folder}/output.txt; exit 1`]] });
  assert.match(stdout, /the part\n {4}a\.cc:4:10: fatal error: no b\.h\n {4}0 behind\n/);
});

test('what is skipped is told with its reason, suites too', async () => {
  const { code, stdout, lastLine } = await runPart(
    { tests: [] },
    {
      'skipping.test.mjs': `${HEAD}
      test('runs', () => {});
      test('does not', { skip: 'there is no sound card' }, () => {});
      describe('nor do these', { skip: 'there is no Firefox' }, () => test('x', () => {}));`,
    },
  );
  assert.equal(code, 0);
  assert.match(stdout, /there is no sound card:\n.*does not/);
  assert.match(stdout, /there is no Firefox:\n.*nor do these/);
  assert.equal(lastLine, '1 passed, 0 failed, 2 skipped');
});

test('a command that fails shows what it printed, and one that is not there says so', async () => {
  const failing = await runPart({
    commands: [['true'], ['sh', '-c', 'echo out; echo err >&2; exit 3'], ['false']],
  });
  assert.match(failing.stdout, /out\n {4}err\n {2}again: sh -c 'echo out; echo err >&2; exit 3'/);
  assert.equal(failing.lastLine, '0 passed, 1 failed, 0 skipped');
  const missing = await runPart({ commands: [['no-such-program']] });
  assert.match(missing.stdout, /no-such-program ENOENT/);
});

test('a part of which no test ran fails', async () => {
  const { code, stdout } = await runPart({ tests: [] });
  assert.equal(code, 1);
  assert.match(stdout, /No test ran\./);
});
