import { EdgeL3Error } from '../common/errors.js';

/** @import { EmbeddingData, TimedEmbedding } from '../common/embeddings.js' */
/** @import { ModelIdentity } from '../common/model_identity.js' */

/**
 * What helps to read embeddings, and says where they come from.
 *
 * @typedef {object} EmbeddingRowsAccess
 * @property {(k: number) => Float32Array} row the D numbers of window k, from 0 to less than T: a view, not a copy. Throws
 *   option_invalid
 * @property {ModelIdentity} model which network made them
 */

/** @typedef {EmbeddingData & EmbeddingRowsAccess & Iterable<TimedEmbedding>} EmbeddingResult The embeddings of a sound. Iterating gives those of its windows, with their times. */

/**
 * @param {EmbeddingData} data
 * @param {ModelIdentity} model
 * @returns {EmbeddingResult} plain data, which can be posted to a worker; what helps to read it is not enumerable
 */
export function createResult(data, model) {
  const { embedding, shape, timestamps } = data;
  const [count, dimension] = shape;
  const row = (/** @type {number} */ k) => {
    if (!Number.isInteger(k) || k < 0 || k >= count) {
      throw new EdgeL3Error('option_invalid', `There are rows 0 to ${count - 1}, and none ${k}.`);
    }
    return embedding.subarray(k * dimension, (k + 1) * dimension);
  };
  const iterate = function* () {
    for (const [k, timestamp] of timestamps.entries()) yield { timestamp, embedding: row(k) };
  };
  return /** @type {EmbeddingResult} */ (
    Object.defineProperties(data, {
      row: { value: row },
      model: { value: model },
      [Symbol.iterator]: { value: iterate },
    })
  );
}
