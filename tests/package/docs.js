import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { assertPrints } from './output.js';
import { createProject, runIn } from './project.js';

const root = new URL('../../', import.meta.url);
const docs = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));

/**
 * The programs in a page, marked as ```js node or ```js page, and perhaps the name of the file that they are.
 *
 * @param {string} name
 * @param {'node' | 'page'} where
 * @returns {Record<string, string>} by path
 */
function programsIn(name, where) {
  const text = readFileSync(new URL(`docs/${name}`, root), 'utf8');
  const blocks = [...text.matchAll(/^```js (?<place>\w+) ?(?<file>\S*)\n(?<code>.*?)^```$/gms)];
  const programs = blocks.map(({ groups: { place, file, code } = {} }, index) => ({
    place,
    file: file || `${name}.${index}.mjs`,
    code,
  }));
  return Object.fromEntries(
    programs.filter(({ place }) => place === where).map(({ file, code }) => [file, code]),
  );
}

/** What begins with a dollar sign was printed by something else. */
const PROGRAM_AND_OUTPUT = /^```js\n(?<program>(?:(?!^```).)*)^```\n\n(?<shown>(?: {4}(?!\$)[^\n]*\n)+)/gms;

describe('the code in README.md and docs/', () => {
  for (const name of docs) {
    const programs = programsIn(name, 'node');
    if (Object.keys(programs).length === 0) continue;
    test(`${name} runs in Node`, async () => {
      const folder = createProject(name, programs);
      mkdirSync(join(folder, 'recordings'));
      cpSync(new URL('web/demo/sample.wav', root), join(folder, 'sound.wav'));
      cpSync(new URL('web/demo/sample.wav', root), join(folder, 'recordings/sound.wav'));
      cpSync(new URL('tests/golden/synthetic_sea64.h5.gz', root), join(folder, 'weights.h5.gz'));
      cpSync(new URL('examples/sounds', root), join(folder, 'examples/sounds'), { recursive: true });
      for (const file of Object.keys(programs)) {
        // Twice, as readers do: what a program has left behind is no hindrance.
        for (const which of ['first', 'second']) {
          const { status, output } = await runIn(folder, process.execPath, [file]);
          assert.equal(status, 0, `${file}, ${which} run: ${output}`);
          assert.doesNotMatch(output, /\(\w+_\w+\)$/m, `${file}, ${which} run`);
        }
      }
    });
  }

  test('README.md: the programs print what stands below them', async () => {
    const text = readFileSync(new URL('README.md', root), 'utf8');
    const shown = [...text.matchAll(PROGRAM_AND_OUTPUT)];
    assert.equal(shown.length, 2);
    for (const [index, { groups: { program, shown: expected } = {} }] of shown.entries()) {
      const folder = createProject(`README.md-${index}`, { 'program.mjs': program });
      cpSync(new URL('examples/sounds', root), join(folder, 'examples/sounds'), { recursive: true });
      const { status, output } = await runIn(folder, process.execPath, ['program.mjs']);
      assert.equal(status, 0, output);
      assertPrints(output, expected.replaceAll(/^ {4}/gm, ''), 'a program of README.md');
    }
  });

  test('has the right types for pages', async () => {
    const programs = Object.assign({}, ...docs.map((name) => programsIn(name, 'page')));
    const folder = createProject('docs-pages', {
      ...programs,
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          allowJs: true,
          checkJs: true,
          strict: true,
          noEmit: true,
          target: 'es2022',
          module: 'preserve',
          moduleResolution: 'bundler',
          types: [],
        },
        files: Object.keys(programs),
      }),
    });
    const { status, output } = await runIn(folder, 'tsc', []);
    assert.equal(status, 0, output);
  });
});
