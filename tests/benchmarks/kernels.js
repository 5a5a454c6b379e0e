import { measureByTurns } from './measure.js';
import { openBenchmarkModule } from './modules.js';

/** Shares of weights that are not zero, for the sparse kernels. */
const DENSITIES = [0.02, 0.05, 0.15, 0.25];
/** Multiply-adds of a measurement, about a millisecond. */
const MULTIPLY_ADDS = 2e7;
const LIMIT = 'load + multiply-add';

/**
 * How fast a kernel is with its input in the first-level cache.
 *
 * @typedef {object} KernelRate
 * @property {string} name
 * @property {number} density
 * @property {number} rate GMAC/s
 * @property {number} share of the machine's rate of 128-bit load + multiply-add in the same run
 */

/**
 * Every sparse kernel of the core at several densities, and the dense ones.
 *
 * @param {number} rounds
 * @returns {Promise<{ limit: number, rates: KernelRate[] }>} the limit in GMAC/s
 */
export async function measureKernels(rounds) {
  const module = await openBenchmarkModule();
  const load = (/** @type {string} */ name, density = 1) => {
    const kernel = density < 1 ? module.loadSparseKernel(name, density) : module.loadDenseKernel(name);
    const calls = Math.ceil(MULTIPLY_ADDS / kernel.multiplyAdds);
    return { task: `${name} ${density}`, name, density, kernel, calls };
  };
  const kernels = [
    ...module.sparseKernelNames().flatMap((name) => DENSITIES.map((density) => load(name, density))),
    ...module.denseKernelNames().map((name) => load(name)),
  ];
  /** @type {Record<string, () => unknown>} */
  const tasks = { [LIMIT]: () => module.loadAndMultiplyAdd(MULTIPLY_ADDS) };
  for (const { task, kernel, calls } of kernels) tasks[task] = () => kernel.run(calls);
  const timings = await measureByTurns(tasks, rounds);
  const limit = MULTIPLY_ADDS / timings[LIMIT].median / 1e6;
  const rates = kernels.map(({ task, name, density, kernel, calls }) => {
    const rate = (calls * kernel.multiplyAdds) / timings[task].median / 1e6;
    kernel.delete();
    return { name, density, rate, share: rate / limit };
  });
  return { limit, rates };
}

/**
 * One line for each kernel, one column for each density; a dense kernel has one figure only. The matrix product's may be
 * above the limit, since it uses what it has loaded more than once; that of the transforms counts additions.
 *
 * @param {Awaited<ReturnType<typeof measureKernels>>} measured
 */
export function kernelTable({ limit, rates }) {
  const sparse = rates.filter(({ density }) => density < 1);
  const names = [...new Set(sparse.map(({ name }) => name))];
  const cell = (/** @type {KernelRate} */ { rate, share }) =>
    `${rate.toFixed(1).padStart(5)} ${(100 * share).toFixed(0).padStart(3)} %`;
  return [
    `GMAC/s and share of the machine's rate of 128-bit load + multiply-add, ${limit.toFixed(1)} GMAC/s`,
    '',
    ['non-zeros'.padEnd(30), ...DENSITIES.map((density) => `${100 * density} %`.padStart(11))].join('  '),
    ...names.map((name) =>
      [
        name.padEnd(30),
        ...sparse.filter((rate) => rate.name === name).map((rate) => cell(rate).padStart(11)),
      ].join('  '),
    ),
    '',
    'every weight',
    ...rates
      .filter(({ density }) => density === 1)
      .map((rate) => `${rate.name.padEnd(30)}  ${cell(rate).padStart(11)}`),
  ].join('\n');
}
