/**
 * Measures what this project promises, side by side with its peers, and prints one table; with the word `kernels`, how
 * fast each kernel of the core is on its own. Started by run.js.
 *
 *     --quick         few rounds: a first look, not to be quoted
 *     --json FILE     writes every number
 *     --picture       writes docs/cost.svg
 *     --against DIST  runs the built-in model of an earlier build on that build and on this one: a copy of its dist/
 *
 * Ends with exit code 1 if a peer's embedding is not ours: then the times say nothing.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBuiltInModel } from './built_in_model.js';
import { costPicture } from './cost_picture.js';
import { measureDenseModels } from './dense_model.js';
import { measureJobs } from './jobs.js';
import { kernelTable, measureKernels } from './kernels.js';
import { toTable } from './rows.js';
import { measureSoundIndex } from './sound_index.js';
import { measureSparseModel } from './sparse_model.js';
import { measureSparsities } from './sparsities.js';
import { measureWorkers } from './workers.js';

/**
 * @typedef {object} Measurements
 * @property {import('./rows.js').Row[]} rows
 * @property {Record<string, import('./measure.js').Timing>} timings milliseconds
 * @property {import('./agreement.js').Agreement[]} agreements
 */

const PICTURE = new URL('../../docs/cost.svg', import.meta.url);

const { values: options, positionals } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    json: { type: 'string' },
    picture: { type: 'boolean' },
    against: { type: 'string' },
  },
  allowPositionals: true,
});
const [word, ...more] = positionals;
if (more.length > 0 || (word !== undefined && word !== 'kernels')) {
  console.error(`'${positionals.join(' ')}' is nothing that can be measured: give no word, or 'kernels'.`);
  process.exit(2);
}
const rounds = options.quick ? 5 : 25;
const machine = {
  processor: cpus()[0].model,
  cores: cpus().length,
  node: process.version,
  v8: process.versions.v8,
  load: loadavg()[0],
};
console.log(
  `${machine.processor}, ${machine.cores} cores, Node ${machine.node}; medians of ${rounds} windows\n` +
    `Load before the start: ${machine.load.toFixed(1)}; far above 0, others slow down what is measured here\n`,
);

if (word === 'kernels') {
  const kernels = await measureKernels(rounds);
  console.log(kernelTable(kernels));
  if (options.json)
    await writeFile(options.json, `${JSON.stringify({ machine, rounds, kernels }, null, 2)}\n`);
  process.exit();
}

const sparse = await measureSparseModel(rounds);
const dense = await measureDenseModels(rounds);
const builtIn = await measureBuiltInModel(rounds, options.against);
const sparsities = await measureSparsities(rounds);
const workers = await measureWorkers(rounds);
const jobs = await measureJobs(rounds);
const soundIndex = await measureSoundIndex(rounds);
const groups = { sparse, dense, builtIn, sparsities, workers, jobs, soundIndex };
const rows = Object.values(groups).flatMap((group) => group.rows);
const agreements = Object.values(groups).flatMap((group) => group.agreements);

console.log(toTable(rows));
const differing = agreements.filter(({ same }) => !same);
for (const { what, difference } of differing) {
  console.error(`\n${what} does not give our embedding: it differs by ${difference.toExponential(1)}.`);
}
if (differing.length > 0) process.exitCode = 1;
if (options.picture) {
  await mkdir(new URL('.', PICTURE), { recursive: true });
  await writeFile(PICTURE, costPicture(sparsities.costs, sparsities.peerMilliseconds));
}
if (options.json) await writeFile(options.json, `${JSON.stringify({ machine, rounds, groups }, null, 2)}\n`);
