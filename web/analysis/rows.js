import { EdgeL3Error } from '../common/errors.js';

/** @typedef {Float32Array | Float64Array | number[]} Vector An embedding: D numbers. */

/**
 * What getEmbedding gives, or the part of it that is needed here.
 *
 * @typedef {object} EmbeddingRows
 * @property {Float32Array | Float64Array} embedding T x D numbers, one row for each window
 * @property {[number, number]} shape [T, D]
 */

/** @typedef {EmbeddingRows | Vector[]} Embeddings A result of getEmbedding, or an array of embeddings. */

/**
 * @param {Embeddings} embeddings
 * @returns {Vector[]} at least one, all of the same length and finite; of a result they are views
 * @throws {EdgeL3Error} embedding_invalid, option_invalid
 */
export function toRows(embeddings) {
  const rows = isRows(embeddings) ? splitRows(embeddings) : embeddings;
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isVector)) {
    throw new EdgeL3Error(
      'embedding_invalid',
      'Give what getEmbedding returns, or an array of at least one embedding.',
    );
  }
  const { length } = rows[0];
  for (const row of rows) {
    if (row.length !== length) {
      throw new EdgeL3Error(
        'embedding_invalid',
        `All embeddings must be of the same length; these have ${length} and ${row.length} numbers.`,
      );
    }
    checkFinite(row);
  }
  return rows;
}

/**
 * @param {Vector} vector
 * @throws {EdgeL3Error} embedding_invalid if it is no array of numbers
 */
export function checkVector(vector) {
  if (!isVector(vector))
    throw new EdgeL3Error('embedding_invalid', 'An embedding must be an array of numbers.');
}

/**
 * @param {Vector} vector
 * @throws {EdgeL3Error} embedding_invalid if a number in it is infinite or none
 */
export function checkFinite(vector) {
  for (let index = 0; index < vector.length; index++) {
    if (Number.isFinite(vector[index])) continue;
    throw new EdgeL3Error('embedding_invalid', `Number ${index} of an embedding is ${vector[index]}.`);
  }
}

/**
 * @param {unknown} value
 * @returns {value is EmbeddingRows}
 */
export function isRows(value) {
  return Array.isArray(/** @type {EmbeddingRows | undefined} */ (value)?.shape);
}

/**
 * @param {unknown} value
 * @returns {value is Vector} whether it is an array of at least one number
 */
export function isVector(value) {
  const tag = Object.prototype.toString.call(value);
  const isNumbers =
    tag === '[object Float32Array]' ||
    tag === '[object Float64Array]' ||
    (Array.isArray(value) && value.every((one) => typeof one === 'number'));
  return isNumbers && /** @type {Vector} */ (value).length > 0;
}

/** @param {EmbeddingRows} rows */
function splitRows({ embedding, shape: [count, dimension] }) {
  if (!(count > 0) || !(dimension > 0) || embedding?.length !== count * dimension) {
    throw new EdgeL3Error(
      'option_invalid',
      `An embedding of shape [${count}, ${dimension}] cannot have ${embedding?.length} numbers.`,
    );
  }
  return Array.from({ length: count }, (_, row) =>
    embedding.subarray(row * dimension, (row + 1) * dimension),
  );
}
