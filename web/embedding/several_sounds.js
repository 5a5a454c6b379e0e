import { onAbort, throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { isAudioBuffer, isSound } from './audio.js';

/** @import { AudioInput } from '../common/samples.js' */
/** @import { EmbeddingOptions } from './embedding.js' */
/** @import { EmbeddingResult } from './result.js' */

/** Sounds that are worked on at once: while one is resampled, the windows of others keep the workers busy. */
const AT_ONCE = 8;

/**
 * @param {unknown} audio
 * @param {unknown} sampleRate
 * @returns {audio is AudioInput[]} whether it is an array of sounds; an array of typed arrays is one sound with channels
 */
export function isSeveral(audio, sampleRate) {
  if (Array.isArray(sampleRate)) return true;
  const isWhole = (/** @type {unknown} */ item) =>
    Array.isArray(item) || isAudioBuffer(item) || isSound(item);
  return Array.isArray(audio) && audio.length > 0 && audio.every(isWhole);
}

/**
 * @param {(audio: AudioInput, sampleRate: number | undefined, options: EmbeddingOptions) => Promise<EmbeddingResult>} embed
 * @param {AudioInput[]} sounds
 * @param {number | number[] | undefined} sampleRate Hz: of all, or of each
 * @param {EmbeddingOptions} options
 * @returns {Promise<EmbeddingResult[]>}
 * @throws {EdgeL3Error} of the first sound that has one, with the number of the sound in its message
 */
export async function embedAll(embed, sounds, sampleRate, options) {
  const { signal, onProgress, ...rest } = options;
  if (Array.isArray(sampleRate) && !(Array.isArray(sounds) && sounds.length === sampleRate.length)) {
    throw new EdgeL3Error(
      'sample_rate_invalid',
      `Where sampleRate is an array, there must be as many sounds: it has ${sampleRate.length}, and there are ${sounds?.length ?? 'none'}.`,
    );
  }
  throwIfAborted(signal);
  const lengths = sounds.map(lengthOf);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const done = lengths.map(() => 0);
  /** @type {EmbeddingResult[]} */
  const results = new Array(sounds.length);
  // One failure ends the others.
  const failed = new AbortController();
  const stopListening = onAbort(signal, () => failed.abort(signal?.reason));
  let next = 0;
  const work = async () => {
    while (next < sounds.length && !failed.signal.aborted) {
      const index = next++;
      const rate = Array.isArray(sampleRate) ? sampleRate[index] : sampleRate;
      try {
        results[index] = await embed(sounds[index], rate, {
          ...rest,
          signal: failed.signal,
          onProgress: (progress) => {
            done[index] = progress.done;
            onProgress?.({ stage: 'embed', done: done.reduce((sum, samples) => sum + samples, 0), total });
          },
        });
      } catch (error) {
        failed.abort();
        throw named(error, index);
      }
    }
  };
  try {
    const workers = Array.from({ length: Math.min(AT_ONCE, sounds.length) }, work);
    // Those under way are waited for; they end at once, as aborted, after the first error.
    const outcomes = await Promise.allSettled(workers);
    throwIfAborted(signal);
    const errors = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    if (errors.length > 0) throw errors.find(({ code }) => code !== 'aborted') ?? errors[0];
    return results;
  } finally {
    stopListening();
  }
}

/** @param {AudioInput} sound @returns {number} samples in each channel; 0 for what is no sound and fails later */
function lengthOf(sound) {
  const channels = isSound(sound) ? sound.channels : sound;
  const first = Array.isArray(channels) ? channels[0] : channels;
  return /** @type {{ length?: number } | undefined} */ (first)?.length ?? 0;
}

/** @param {unknown} error @param {number} index */
function named(error, index) {
  if (!(error instanceof EdgeL3Error)) return error;
  return new EdgeL3Error(error.code, `Sound ${index} of the array: ${error.message}`, error);
}
