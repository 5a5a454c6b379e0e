/** Which tests of which parts a call of the tests asks for. */

import { cppTestsIn, nodeTestsIn, readTest, testFiles } from './source.js';

/** @import { Part } from '../parts.js' */

/**
 * @typedef {object} Selection a part, or some of its tests
 * @property {Part} part
 * @property {string[]} files of tests in JavaScript, to be run whole
 * @property {string[]} someOf files of which those tests are to be run whose names contain one of `words`
 * @property {string[]} words
 * @property {string | undefined} filter GoogleTest's, for some tests in C++; undefined: all of them
 */

/** A call that names what is not there. */
export class SelectionError extends Error {}

/**
 * @param {Part[]} parts
 * @param {{ all: boolean, words: string[] }} call
 * @returns {Selection[]} without parts of which there is nothing to run
 * @throws {SelectionError}
 */
export function select(parts, { all, words }) {
  const files = filesOfParts(parts, testFiles('.test.js'));
  /** @param {Part} part @returns {Selection} */
  const whole = (part) => ({ part, files: files.get(part) ?? [], someOf: [], words: [], filter: undefined });
  if (words.length === 0) return parts.filter(({ quick }) => quick || all).map(whole);

  const cppTests = testFiles('_test.cc').flatMap((file) =>
    cppTestsIn(readTest(file)).map((test) => ({ file, ...test })),
  );
  const found = new Set();
  const contains = (/** @type {string} */ text) => {
    const hits = words.filter((word) => text.toLowerCase().includes(word.toLowerCase()));
    for (const word of hits) found.add(word);
    return hits.length > 0;
  };
  const selections = parts.flatMap((part) => {
    if (contains(part.name)) return whole(part);
    if (part.again && !all) return [];
    const own = files.get(part) ?? [];
    const wholeFiles = own.filter((file) => contains(file) || containsNotAlone(file, contains));
    const someOf = own.filter((file) => !wholeFiles.includes(file) && containsTest(file, contains));
    const filters = part.cpp ? cppTests.filter(({ file, name }) => contains(file) || contains(name)) : [];
    const filter = filters.map(({ filter }) => filter).join(':');
    return wholeFiles.length + someOf.length + filters.length > 0
      ? { part, files: wholeFiles, someOf, words, filter }
      : [];
  });
  const unknown = words.filter((word) => !found.has(word));
  if (unknown.length > 0) {
    throw new SelectionError(
      [
        `No test has '${unknown.join("' or '")}' in its path or name, and no part in its name. The parts are:`,
        ...parts.map(({ name }) => name),
      ].join('\n  '),
    );
  }
  return selections;
}

/**
 * @param {string} file
 * @param {(text: string) => boolean} contains
 */
const containsNotAlone = (file, contains) =>
  nodeTestsIn(readTest(file)).some(({ name, canRunAlone }) => !canRunAlone && contains(name));

/**
 * @param {string} file
 * @param {(text: string) => boolean} contains
 */
const containsTest = (file, contains) => nodeTestsIn(readTest(file)).some(({ name }) => contains(name));

/**
 * Each file is of the part that names the longest beginning of its path, and of each of those that name the same.
 *
 * @param {Part[]} parts
 * @param {string[]} files
 * @returns {Map<Part, string[]>}
 */
export function filesOfParts(parts, files) {
  /** @type {Map<Part, string[]>} */
  const result = new Map();
  for (const file of files) {
    const reach = (/** @type {Part} */ part) =>
      Math.max(-1, ...(part.tests ?? []).filter((path) => isIn(path, file)).map(({ length }) => length));
    const longest = Math.max(...parts.map(reach));
    for (const part of parts.filter((part) => longest >= 0 && reach(part) === longest)) {
      result.set(part, [...(result.get(part) ?? []), file]);
    }
  }
  return result;
}

/** @param {string} path @param {string} file */
const isIn = (path, file) => file === path || file.startsWith(`${path}/`);
