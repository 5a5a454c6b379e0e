import { getEmbedding, loadEmbeddingModel } from '../../dist/node.js';
import { measureByTurns } from './measure.js';
import { atLeast, milliseconds, times } from './rows.js';
import { benchmarkWindow } from './window.js';

const SECONDS = 600;
const SAMPLE_RATE = 48000;

/**
 * Ten minutes of sound through the built-in model, by one worker and by two.
 *
 * @param {number} rounds at most five of them are run, for each takes seconds
 * @returns {Promise<import('./bench.js').Measurements>}
 */
export async function measureWorkers(rounds) {
  const one = await loadEmbeddingModel({ workers: 1 });
  const two = await loadEmbeddingModel({ workers: 2 });
  const audio = new Float32Array(SECONDS * SAMPLE_RATE);
  const second = benchmarkWindow(SAMPLE_RATE);
  for (let start = 0; start < audio.length; start += SAMPLE_RATE) audio.set(second, start);
  const timings = await measureByTurns(
    {
      'one worker': () => getEmbedding(audio, SAMPLE_RATE, { model: one, hopSize: 0.1 }),
      'two workers': () => getEmbedding(audio, SAMPLE_RATE, { model: two, hopSize: 0.1 }),
    },
    Math.min(rounds, 5),
  );
  one.close();
  two.close();
  const [slow, fast] = [timings['one worker'].median, timings['two workers'].median];
  return {
    timings,
    agreements: [],
    rows: [
      atLeast('600 s at hop 0.1, built-in model, two workers against one', {
        value: slow / fast,
        least: 1.85,
        unit: times,
        detail: `${milliseconds(fast)} : ${milliseconds(slow)}`,
      }),
    ],
  };
}
