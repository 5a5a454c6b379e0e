/** @import { SoundClass } from './examples.js' */
/** @typedef {{ name: string, embeddingDimension: number }} Network */

const FORMAT = 'edgel3-examples-1';

/**
 * What was taught, as a file. It holds embeddings, no sound.
 *
 * @param {SoundClass[]} classes
 * @param {Network} network
 * @returns {string} JSON
 */
export function toFile(classes, { name, embeddingDimension }) {
  return JSON.stringify({
    format: FORMAT,
    network: { name, embeddingDimension },
    classes: classes.map(({ name, recordings }) => ({
      name,
      recordings: recordings.map(({ vectors }) => vectors.map((vector) => Array.from(vector))),
    })),
  });
}

/**
 * @param {string} text
 * @param {Network} network
 * @returns {SoundClass[]}
 * @throws {Error} if it is no such file, or its examples are of another network
 */
export function fromFile(text, network) {
  const file = parse(text);
  if (file?.format !== FORMAT) throw new Error('This file was not saved by this page.');
  if (file.network?.name !== network.name) {
    throw new Error(`These examples are of the network '${file.network?.name}'; choose it first.`);
  }
  return file.classes.map((/** @type {any} */ { name, recordings }) => ({
    name: String(name),
    recordings: recordings.map((/** @type {number[][]} */ rows) => ({
      vectors: rows.map((row) => toVector(row, network.embeddingDimension)),
    })),
  }));
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {number[]} row
 * @param {number} length
 */
function toVector(row, length) {
  const vector = Float32Array.from(row);
  if (vector.length !== length || !vector.every(Number.isFinite)) throw new Error('This file is damaged.');
  return vector;
}
