/**
 * The tests: `npm test [-- [--all] [WORD...]]` sets up, builds and runs
 *
 *     npm test                    what one runs before a commit
 *     npm test -- --all           everything
 *     npm test -- resampler       every test, in C++ and JavaScript, with the word in its path or name, and every part
 *                                 with the word in its name
 *     npm test -- --all resampler the same, in all parts: sanitizers and all versions of Node too
 *
 * What there is, and how to add to it, is in tests/parts.js.
 */

import { parseArgs } from 'node:util';
import { ensureNode } from '../wasm/setup/node_versions.js';
import { SetupError } from '../wasm/setup/step.js';
import { parts } from './parts.js';
import { runProcess } from './runner/process.js';
import { runParts } from './runner/run_parts.js';
import { SelectionError, select } from './runner/select.js';

/** Sets up what some parts need and builds the package; what that has to say is shown. */
async function prepare(/** @type {import('./parts.js').Part[]} */ chosen) {
  const groups = new Set(chosen.flatMap(({ packages = [] }) => packages));
  for (const command of [
    [process.execPath, 'wasm/setup/setup.js', ...groups],
    ['npm', 'run', '--silent', 'build'],
  ]) {
    const { status, output } = await runProcess(command, { onLine: console.log });
    if (status !== 0) throw new SetupError(output.trim());
  }
  for (const { node } of chosen) if (node) ensureNode(node);
}

try {
  const { values, positionals } = parseArgs({
    options: { all: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const selections = select(parts, { all: values.all, words: positionals });
  await prepare(selections.map(({ part }) => part));
  await runParts(selections);
} catch (error) {
  const { code } = /** @type {{ code?: string }} */ (error);
  if (!(error instanceof SetupError || error instanceof SelectionError || code?.startsWith('ERR_PARSE_ARGS')))
    throw error;
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
}
