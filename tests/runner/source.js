/** Which tests there are, as far as their source text says. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param {string} ending
 * @param {string} [folder] from the repository on
 * @returns {string[]} the paths, from the repository on, of the files below the folder whose names end so
 */
export function testFiles(ending, folder = 'tests') {
  const files = /** @type {string[]} */ (readdirSync(join(repository, folder), { recursive: true }));
  return files
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file))
    .sort();
}

/**
 * @typedef {object} NamedTest
 * @property {string} name as a reader of the file sees it, with `…` where it is computed
 * @property {boolean} canRunAlone whether Node runs it, and just it, when asked for by its name: not a suite, nor a test
 *   that another one starts
 */

/** @param {string} text of a file for Node's test runner @returns {NamedTest[]} */
export function nodeTestsIn(text) {
  const calls = text.matchAll(
    /(?<call>\.|\b)(?:test|it|(?<suite>describe|suite))(?:\.\w+)?\(\s*(?<quote>['"`])(?<name>(?:\\.|(?!\k<quote>)[^\\])*)\k<quote>/gs,
  );
  return [...calls].map(({ groups: { call, suite, name } = {} }) => ({
    // What stands in a template is known only when it runs.
    name: name.replaceAll(/\$\{[^}]*\}/g, '…').replaceAll(/\\(.)/gs, '$1'),
    canRunAlone: call === '' && suite === undefined,
  }));
}

/**
 * @param {string} text of a file for GoogleTest
 * @returns {{ name: string, filter: string }[]} `filter`: what selects the test, for every parameter and type that it has
 */
export function cppTestsIn(text) {
  const macros = text.matchAll(
    /^(?<macro>TEST|TEST_F|TEST_P|TYPED_TEST|TYPED_TEST_P)\(\s*(?<suite>\w+)\s*,\s*(?<test>\w+)\s*\)/gm,
  );
  return [...macros].map(({ groups: { macro, suite, test } = {} }) => {
    const suites = { TEST: suite, TEST_F: suite, TEST_P: `*/${suite}`, TYPED_TEST: `${suite}/*` };
    const filter = `${suites[/** @type {keyof typeof suites} */ (macro)] ?? `*/${suite}/*`}.${test}`;
    return { name: `${suite}.${test}`, filter: macro === 'TEST_P' ? `${filter}/*` : filter };
  });
}

/** @param {string} file from the repository on */
export const readTest = (file) => readFileSync(join(repository, file), 'utf8');
