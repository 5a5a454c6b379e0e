/** @import { ModelInfo } from './engine.js' */
/** @import { Pool } from './pool.js' */

/**
 * How long one window takes in one worker.
 *
 * @typedef {object} Profile
 * @property {number} frontEnd milliseconds: from samples to the mel spectrogram
 * @property {LayerProfile[]} layers the eight convolutions, each with the pooling behind it
 */

/**
 * How long a convolution takes.
 *
 * @typedef {object} LayerProfile
 * @property {number} time milliseconds
 * @property {number} multiplyAdds by its weights that are not zero
 */

/** Windows that are measured, and windows before them, in which the engine's compiler gets to work. */
const ROUNDS = 20;

/**
 * @internal
 * @param {Pool} pool
 * @param {ModelInfo} info
 * @returns {Promise<Profile>} medians of 20 windows of noise
 */
export async function measureProfile(pool, { sampleRate, layers }) {
  const noise = makeNoise(sampleRate + 2 * ROUNDS - 1);
  const times = await pool.run('profile', noise, 1, pool.closing);
  const stages = 1 + layers.length;
  const [frontEnd, ...layerTimes] = Array.from({ length: stages }, (_, stage) => {
    const measured = times.filter((_, index) => index % stages === stage).subarray(ROUNDS);
    return measured.sort()[ROUNDS / 2];
  });
  return {
    frontEnd,
    layers: layers.map(({ multiplyAdds }, index) => ({ time: layerTimes[index], multiplyAdds })),
  };
}

/**
 * The same for every call.
 *
 * @param {number} length
 */
function makeNoise(length) {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 32;
  });
}
