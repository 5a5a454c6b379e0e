import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { codeBlocksIn, PAGES, programsIn, RUN_BY } from './code_blocks.js';
import { assertPrints } from './output.js';
import { createProject, runIn } from './project.js';

const root = new URL('../../', import.meta.url);
/** What begins with a dollar sign was printed by something else. */
const PROGRAM_AND_OUTPUT = /^```js\n(?<program>(?:(?!^```).)*)^```\n\n(?<shown>(?: {4}(?!\$)[^\n]*\n)+)/gms;

/** What the programs find in their folder, by its name there. */
const FILES = {
  'sound.wav': 'web/demo/sample.wav',
  'recordings/sound.wav': 'web/demo/sample.wav',
  'weights.h5.gz': 'tests/golden/synthetic_sea64.h5.gz',
  'openl3.h5.gz': 'tests/golden/synthetic_openl3.h5.gz',
  'cache/models/edgel3_sea_ust_audio_emb_64.h5.gz': 'tests/golden/synthetic_sea64.h5.gz',
  'examples/sounds': 'examples/sounds',
};

describe('the code in README.md and docs/', () => {
  test('every block is run by a test, or says that it is not', () => {
    for (const { mark, before, page } of PAGES.flatMap(codeBlocksIn)) {
      // A drawing.
      if (mark === 'mermaid') continue;
      const [, test] = RUN_BY.find(([kind]) => kind.test(mark)) ?? [];
      if (test) assert.ok(existsSync(new URL(test, root)), test);
      else assert.match(before, /not run by our tests/, `${page}: ${mark}`);
      // Those without a place are the ones whose output is compared below.
      assert.ok(mark !== 'js' || page === 'README.md', `${page} does not say where a program runs`);
    }
  });

  for (const page of PAGES) {
    const programs = programsIn(page, 'js node');
    if (programs.length === 0) continue;
    test(`${page} runs in Node`, async () => {
      const codes = Object.fromEntries(programs.map(({ file, code }) => [file, code]));
      const folder = createProject(page.replace('/', '-'), codes);
      for (const [name, path] of Object.entries(FILES)) {
        mkdirSync(join(folder, name, '..'), { recursive: true });
        cpSync(new URL(path, root), join(folder, name), { recursive: true });
      }
      const env = { EDGEL3_CACHE: join(folder, 'cache') };
      for (const { file } of programs) {
        // Twice, as readers do: what a program has left behind is no hindrance.
        for (const which of ['first', 'second']) {
          const { status, output } = await runIn(folder, process.execPath, [file], env);
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

  // That they run there: tests/examples/docs_in_pages.test.js.
  test('has the right types for pages', async () => {
    const programs = Object.fromEntries(
      PAGES.flatMap((page) => programsIn(page, 'js page')).map(({ file, code }) => [file, code]),
    );
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
