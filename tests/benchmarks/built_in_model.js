import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { toSafetensors } from '../../web/weights/convert.js';
import { measureByTurns, summarise } from './measure.js';
import { openPackage, readBuiltInModel } from './modules.js';
import { atLeast, atMost, milliseconds, times } from './rows.js';
import { benchmarkWindow } from './window.js';

const START_UP = fileURLToPath(new URL('start_up.js', import.meta.url));

/**
 * The model that comes with the package: how fast it is, and how fast it is there.
 *
 * @param {number} rounds
 * @param {string} [against] the dist/ of an earlier build
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureBuiltInModel(rounds, against) {
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
      ...(against ? [await compareBuilds(rounds, against)] : []),
      atMost('module + built-in model, from first byte in memory to first embedding', {
        value: startUp.median,
        most: 45,
        unit: milliseconds,
      }),
    ],
  };
}

/**
 * Both builds with the earlier one's model: today's may be of a form that it does not read.
 *
 * @param {number} rounds
 * @param {string} against the dist/ of an earlier build
 */
async function compareBuilds(rounds, against) {
  const file = await readBuiltInModel(against);
  const now = (await openPackage('relaxed')).module.loadModel(await toSafetensors(file));
  const before = (await openPackage('relaxed', against)).module.loadModel(file);
  const { sampleRate } = now.info();
  const window = benchmarkWindow(sampleRate);
  const timings = await measureByTurns(
    { now: () => now.embed(window, sampleRate), before: () => before.embed(window, sampleRate) },
    10 * rounds,
  );
  return atLeast('built-in model of an earlier build, whole window, against that build', {
    value: timings.before.median / timings.now.median,
    least: 1.2,
    unit: times,
    detail: `${timings.now.median.toFixed(2)} : ${timings.before.median.toFixed(2)} ms`,
  });
}
