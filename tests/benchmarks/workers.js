import { readFile } from 'node:fs/promises';
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
  if (!(await hasWorkers())) {
    const measured = 'not measured: no workers yet';
    return { timings: {}, agreements: [], rows: [{ what: WHAT, measured, target: `≥ ${times(LEAST)}` }] };
  }
  const audio = new Float32Array(SECONDS * SAMPLE_RATE);
  for (let second = 0; second < SECONDS; second++)
    audio.set(benchmarkWindow(SAMPLE_RATE), second * SAMPLE_RATE);
  const embedWith = async (/** @type {number} */ workers) => {
    const model = await loadEmbeddingModel(/** @type {object} */ ({ workers }));
    return { model, run: () => getEmbedding(audio, SAMPLE_RATE, { model, hopSize: 0.1 }) };
  };
  const [one, two] = await Promise.all([embedWith(1), embedWith(2)]);
  const timings = await measureByTurns({ 'one worker': one.run, 'two workers': two.run }, rounds);
  one.model.close();
  two.model.close();
  const [slow, fast] = [timings['one worker'].median, timings['two workers'].median];
  return {
    timings,
    agreements: [],
    rows: [
      atLeast(WHAT, {
        value: slow / fast,
        least: LEAST,
        unit: times,
        detail: `${milliseconds(slow)} : ${milliseconds(fast)}`,
      }),
    ],
  };
}

/** Whether models of this package take the option `workers`. */
async function hasWorkers() {
  const declarations = await readFile(new URL('../../dist/model.d.ts', import.meta.url), 'utf8');
  return /\bworkers\?:/.test(declarations);
}
