import { getEmbedding, loadEmbeddingModel } from '../../dist/node.js';
import { measureByTurns } from './measure.js';
import { atLeast, milliseconds, times } from './rows.js';
import { benchmarkWindow } from './window.js';

const WHAT = '60 s at hop 0.1, two workers against one';
const LEAST = 1.9;
const SECONDS = 60;
const SAMPLE_RATE = 48000;

/**
 * A minute of sound through the built-in model, by one worker and by two.
 *
 * @param {number} rounds
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureWorkers(rounds) {
  const one = await loadWithWorkers(1);
  const two = await loadWithWorkers(2);
  if (!one || !two) {
    const measured = 'not measured: no workers yet';
    return { timings: {}, agreements: [], rows: [{ what: WHAT, measured, target: `≥ ${times(LEAST)}` }] };
  }
  const audio = new Float32Array(SECONDS * SAMPLE_RATE);
  const second = benchmarkWindow(SAMPLE_RATE);
  for (let start = 0; start < audio.length; start += SAMPLE_RATE) audio.set(second, start);
  const timings = await measureByTurns(
    {
      'one worker': () => getEmbedding(audio, SAMPLE_RATE, { model: one, hopSize: 0.1 }),
      'two workers': () => getEmbedding(audio, SAMPLE_RATE, { model: two, hopSize: 0.1 }),
    },
    rounds,
  );
  one.close();
  two.close();
  const [slow, fast] = [timings['one worker'].median, timings['two workers'].median];
  return {
    timings,
    agreements: [],
    rows: [
      atLeast(WHAT, {
        value: slow / fast,
        least: LEAST,
        unit: times,
        detail: `${milliseconds(fast)} : ${milliseconds(slow)}`,
      }),
    ],
  };
}

/**
 * The built-in model, or undefined where the library knows no workers.
 *
 * @param {number} workers
 */
async function loadWithWorkers(workers) {
  try {
    return await loadEmbeddingModel(/** @type {object} */ ({ workers }));
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === 'option_invalid') return undefined;
    throw error;
  }
}
