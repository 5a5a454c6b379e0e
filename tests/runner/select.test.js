import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SelectionError, select } from './select.js';
import { cppTestsIn, nodeTestsIn } from './source.js';

/** @type {import('../parts.js').Part[]} */
const PARTS = [
  { name: 'format', quick: true, commands: [['true']] },
  { name: 'C++', quick: true, cpp: 'native' },
  { name: 'C++ again', quick: false, again: true, cpp: 'native-asan' },
  { name: 'this file', quick: true, tests: ['tests/runner/select.test.js'] },
  { name: 'its folder', quick: false, tests: ['tests/runner'] },
  { name: 'everything', quick: true, tests: ['tests'] },
];

/** @param {string[]} words */
const namesOf = (words, all = false) => select(PARTS, { all, words }).map(({ part }) => part.name);

test('without words the quick parts run whole, or all of them', () => {
  assert.deepEqual(namesOf([]), ['format', 'C++', 'this file', 'everything']);
  assert.deepEqual(
    namesOf([], true),
    PARTS.map(({ name }) => name),
  );
});

test('a file is of the part that names the longest beginning of its path', () => {
  const [, , , , folder, everything] = select(PARTS, { all: true, words: [] });
  assert.ok(!folder.files.includes('tests/runner/select.test.js'));
  assert.ok(folder.files.every((file) => file.startsWith('tests/runner/')));
  assert.ok(everything.files.includes('tests/golden/golden.test.js'));
  assert.ok(!everything.files.some((file) => folder.files.includes(file)));
});

test('a word selects by paths', () => {
  const [cpp, everything] = select(PARTS, { all: false, words: ['GEMM_test', 'golden/compare'] });
  assert.match(cpp.filter ?? '', /^GemmTest\.\w+:GemmTest\.\w+$/);
  assert.deepEqual(everything.files, ['tests/golden/compare.test.js']);
});

test('a word selects by names of tests, and runs no others', () => {
  const [own] = select(PARTS, { all: false, words: ['Selects by NAMES of tests'] });
  assert.deepEqual(
    [own.part.name, own.files, own.someOf],
    ['this file', [], ['tests/runner/select.test.js']],
  );
  const [cpp] = select(PARTS, { all: false, words: ['AddsWhatStoodThereLast'] });
  assert.equal(cpp.filter, 'GemmTest.AddsWhatStoodThereLast');
});

test('a word selects whole parts by their names; what runs again only so, or with --all', () => {
  assert.deepEqual(namesOf(['format'])[0], 'format');
  assert.deepEqual(namesOf(['gemm_test']), ['C++']);
  assert.deepEqual(namesOf(['gemm_test'], true), ['C++', 'C++ again']);
  const [again] = select(PARTS, { all: false, words: ['C++ again'] });
  assert.deepEqual([again.part.name, again.filter], ['C++ again', undefined]);
});

test('a word that is nowhere is an error that lists the parts, and so is one of several', () => {
  const nowhere = ['no', 'where', 'to', 'be', 'found'].join('_');
  for (const words of [[nowhere], ['gemm', nowhere]]) {
    assert.throws(
      () => select(PARTS, { all: false, words }),
      (error) =>
        error instanceof SelectionError &&
        PARTS.every(({ name }) => error.message.includes(name)) &&
        error.message.includes(nowhere),
    );
  }
});

test('the names of tests are read from their sources', () => {
  const text = `
    test('a \\'b\\'', f);
    describe(\`c\`, () => {
      test.skip(
        "d (e)", f);
      t.test('f');
    });
    retest('no');
    test(\`g \${format} h\`, f);`;
  assert.deepEqual(nodeTestsIn(text), [
    { name: "a 'b'", canRunAlone: true },
    { name: 'c', canRunAlone: false },
    { name: 'd (e)', canRunAlone: true },
    { name: 'f', canRunAlone: false },
    { name: 'g … h', canRunAlone: true },
  ]);
  const cpp = 'TEST(A, B) {\nTEST_F(C, D)\nTEST_P(E, F)\nTYPED_TEST(G, H)\n  EXPECT(TEST(x, y))';
  const filters = cppTestsIn(cpp).map(({ filter }) => filter);
  assert.deepEqual(filters, ['A.B', 'C.D', '*/E.F/*', 'G/*.H']);
});
