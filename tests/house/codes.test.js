// The codes of errors and warnings: what the code throws, what the types say and what README.md lists are the same.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFileSync(new URL(path, root), 'utf8');

const errors = read('web/common/errors.js');
/** @param {string} text @returns {string[]} the words in apostrophes */
const quoted = (text) => [...text.matchAll(/'([a-z]+_?[a-z_]*)'/g)].map(([, code]) => code);

const codes = [...errors.matchAll(/@typedef \{(?<codes>[^}]*)\} \w*ErrorCode\b/g)]
  .flatMap(({ groups }) => quoted(String(groups?.codes)))
  .sort();
const warnings = quoted(
  /** @type {RegExpMatchArray} */ (
    errors.match(/@param \{(?<codes>[^}]*)\} code\n.*\n.*\n {2}constructor\(code, message\) /)
  )[0],
).sort();

/** @param {string} folder @param {RegExp} kinds of files @param {RegExp} pattern whose first group is a code */
function codesIn(folder, kinds, pattern) {
  const files = /** @type {string[]} */ (readdirSync(new URL(folder, root), { recursive: true }));
  const texts = files.filter((file) => kinds.test(file)).map((file) => read(folder + file));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, code]) => code)))].sort();
}

test('README.md lists every code of an error, and no other', () => {
  const [list] = read('README.md').match(/^Every failure is an `EdgeL3Error`.*?(?=^Silent)/ms) ?? [''];
  const listed = [...list.matchAll(/`([a-z]+_?[a-z_]*)`/g)]
    .map(([, code]) => code)
    .filter((code) => code !== 'code');
  assert.ok(codes.length > 20);
  assert.deepEqual(listed.sort(), codes);
});

test('README.md lists every code of a warning, and no other', () => {
  const [sentence] = read('README.md').match(/^Silent sound, .*?\.\n/ms) ?? [''];
  const listed = [...sentence.matchAll(/`([a-z]+_[a-z_]+)`/g)].map(([, code]) => code);
  assert.ok(warnings.length > 2);
  assert.deepEqual(listed.sort(), warnings);
});

test('what is thrown has a code of the list', () => {
  const thrown = codesIn('web/', /\.js$/, /new EdgeL3Error\(\s*'(\w+)'/g);
  assert.ok(thrown.length > 15, String(thrown));
  assert.deepEqual(
    thrown.filter((code) => !codes.includes(code)),
    [],
  );
  const ofTheCore = codesIn('src/edgel3/', /^error\.h$/, /return "(\w+)";/g);
  assert.ok(ofTheCore.length > 5, String(ofTheCore));
  assert.deepEqual(
    ofTheCore.filter((code) => !codes.includes(code)),
    [],
  );
});

test('what is warned of has a code of the list, and every one is used', () => {
  assert.deepEqual(codesIn('web/', /\.js$/, /new EdgeL3Warning\(\s*'(\w+)'/g), warnings);
});
