import { getEmbedding, l2Normalize } from 'edgel3';

/** @typedef {{ vectors: Float32Array[] }} Recording its windows in order, HOP_SIZE apart, each of length 1 */
/** @typedef {{ name: string, recordings: Recording[] }} SoundClass */

/** Seconds between the windows of a recording. */
export const HOP_SIZE = 0.1;

/**
 * @param {import('edgel3').AudioInput} audio
 * @param {number | undefined} sampleRate Hz
 * @param {import('edgel3').EmbeddingModel} model
 * @returns {Promise<Recording>}
 */
export async function toRecording(audio, sampleRate, model) {
  // Not centred: a window shall hold nothing but the sound.
  const options = { model, hopSize: HOP_SIZE, center: false };
  const { embedding, shape } = await getEmbedding(audio, sampleRate, options);
  const [count, dimension] = shape;
  return {
    vectors: Array.from({ length: count }, (_, row) =>
      l2Normalize(embedding.subarray(row * dimension, (row + 1) * dimension)),
    ),
  };
}
