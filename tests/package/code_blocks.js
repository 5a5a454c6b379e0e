// The code in README.md and docs/, and what its marks mean. A block's mark is what stands behind its backquotes: its
// language, where it runs, and perhaps the name of the file that it is.
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** README.md and the pages of docs/, by their paths in the repository. */
export const PAGES = [
  'README.md',
  ...readdirSync(new URL('docs', root))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/**
 * Which tests run the code of a mark.
 *
 * @type {[RegExp, string][]}
 */
export const RUN_BY = [
  [/^js node( |$)/, 'tests/package/docs.js'],
  [/^js page$/, 'tests/examples/docs_in_pages.test.js'],
  [/^js$/, 'tests/package/docs.js'],
  [/^html$/, 'tests/examples/examples.test.js'],
  [/^js installed /, 'tests/examples/indexes.test.js'],
  [/^js comlink$/, 'tests/hosts/runtimes.test.js'],
  [/^sh embed\.sh$/, 'tests/corpora/slurm.test.js'],
  [/^python dask_embed\.py$/, 'tests/corpora/dask.test.js'],
  [/^ini edgel3\.service$/, 'tests/web/cli/listen.test.js'],
];

/**
 * @typedef {object} CodeBlock
 * @property {string} page
 * @property {string} mark
 * @property {string} file its name, or one that is made up
 * @property {string} code
 * @property {string} before the paragraph above it
 */

/** @param {string} page its path @returns {CodeBlock[]} */
export function codeBlocksIn(page) {
  const text = readFileSync(new URL(page, root), 'utf8');
  const blocks = text.matchAll(
    /(?<before>(?:[^\n]+\n)+)\n^```(?<mark>\S[^\n]*)\n(?<code>(?:(?!^```).)*)^```$/gms,
  );
  return Array.from(blocks, ({ groups: { before, mark, code } = {} }, index) => {
    const [, , name] = mark.split(' ');
    return { page, mark, code, before, file: name ?? `${page.replace('/', '-')}.${index}.mjs` };
  });
}

/** @param {string} page @param {'js node' | 'js page'} place */
export function programsIn(page, place) {
  return codeBlocksIn(page).filter(({ mark }) => mark === place || mark.startsWith(`${place} `));
}
