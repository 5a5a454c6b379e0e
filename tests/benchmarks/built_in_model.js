import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { measureByTurns, summarise } from './measure.js';
import { openPackage, readBuiltInModel } from './modules.js';
import { atLeast, atMost, milliseconds } from './rows.js';
import { benchmarkWindow } from './window.js';

const START_UP = fileURLToPath(new URL('start_up.js', import.meta.url));

/**
 * The model that comes with the package: how fast it is, and how fast it is there.
 *
 * @param {number} rounds
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureBuiltInModel(rounds) {
  const { module } = await openPackage('relaxed');
  const model = module.loadModel(await readBuiltInModel());
  const { sampleRate } = model.info();
  const window = benchmarkWindow(sampleRate);
  const { window: windowTiming } = await measureByTurns(
    { window: () => model.embed(window, sampleRate) },
    rounds,
  );
  // Processes of their own: V8 keeps compiled code for a second instance in the same one.
  const startUp = summarise(
    Array.from({ length: rounds }, () =>
      Number(execFileSync(process.execPath, [...process.execArgv, START_UP], { encoding: 'utf8' })),
    ),
  );
  return {
    timings: { window: windowTiming, 'start-up': startUp },
    agreements: [],
    rows: [
      atLeast('built-in model, whole window', {
        value: 1000 / windowTiming.median,
        least: 400,
        unit: (rate) => `${rate.toFixed(0)} windows/s`,
        detail: milliseconds(windowTiming.median),
      }),
      atMost('module + built-in model, from first byte in memory to first embedding', {
        value: startUp.median,
        most: 80,
        unit: milliseconds,
      }),
    ],
  };
}
