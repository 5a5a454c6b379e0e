import { concatenate } from '../common/concatenate.js';
import { EdgeL3Error } from '../common/errors.js';
import { numbersToText, textToBytes } from './bytes_text.js';

/** @import { ModelIdentity } from '../common/model_identity.js' */
/** @import { Label, TrainedHead } from './classifier.js' */

/**
 * All that a classifier is.
 *
 * @typedef {object} SavedClassifier
 * @property {ModelIdentity | undefined} model whose embeddings were taught
 * @property {number | undefined} dimension
 * @property {{ head: 'auto' | 'neighbours' | 'linear', threshold: number, hopSize: number }} options
 * @property {{ label: Label, windows: Float32Array[] }[]} examples
 * @property {TrainedHead | undefined} trained
 */

const FORMAT = 'edgel3-classifier';
const VERSION = 1;

/**
 * @param {SavedClassifier} classifier
 * @returns {object} for JSON.stringify; vectors are the bytes of their numbers in base64
 */
export function writeClassifier({ model, dimension, options, examples, trained }) {
  return {
    format: FORMAT,
    version: VERSION,
    model: model ? { name: model.name, sha256: model.sha256 } : null,
    embeddingDimension: dimension ?? null,
    options,
    trained: trained
      ? { head: trained.head, parameters: trained.parameters ? numbersToText(trained.parameters) : null }
      : null,
    examples: examples.map(({ label, windows }) => ({
      label,
      windows: windows.length,
      embedding: numbersToText(concatenate(Float32Array, windows)),
    })),
  };
}

/**
 * @param {unknown} json an object of this form, or its text
 * @returns {SavedClassifier}
 * @throws {EdgeL3Error} file_unsupported, file_damaged
 */
export function readClassifier(json) {
  const file = typeof json === 'string' ? parse(json) : /** @type {any} */ (json);
  if (file?.format !== FORMAT) {
    throw new EdgeL3Error(
      'file_unsupported',
      "This is no classifier: give what SoundClassifier.toJSON or 'edgel3 teach' saved.",
    );
  }
  if (file.version !== VERSION) {
    throw new EdgeL3Error(
      'file_unsupported',
      `This classifier has version ${file.version}, and this edgel3 reads version ${VERSION}.`,
    );
  }
  try {
    return readChecked(file);
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    throw new EdgeL3Error('file_damaged', `This classifier is damaged: ${message}.`, cause);
  }
}

/**
 * @param {any} file
 * @returns {SavedClassifier}
 */
function readChecked({ model, embeddingDimension, options, trained, examples }) {
  const dimension = embeddingDimension ?? undefined;
  require(dimension === undefined || (Number.isInteger(dimension) && dimension > 0), 'its dimension');
  require(model === null ||
    (typeof model?.name === 'string' && typeof model.sha256 === 'string'), 'its model');
  const { head, threshold, hopSize } = options ?? {};
  require(['auto', 'neighbours', 'linear'].includes(head), 'its head');
  require(Number.isFinite(threshold) && threshold >= 0 && threshold < 1, 'its threshold');
  require(Number.isFinite(hopSize) && hopSize > 0, 'its hopSize');
  require(Array.isArray(examples), 'its examples');
  /** @type {SavedClassifier['examples']} */
  const read = examples.map((/** @type {any} */ { label, windows, embedding }) => {
    require(label === null || (typeof label === 'string' && label !== ''), 'a label');
    require(Number.isInteger(windows) && windows > 0 && dimension !== undefined, 'an example');
    const bytes = textToBytes(embedding);
    require(bytes.length === windows * dimension * 4, 'the length of an example');
    const numbers = new Float32Array(bytes.buffer);
    require(numbers.every(Number.isFinite), 'the numbers of an example');
    return {
      label,
      windows: Array.from({ length: windows }, (_, row) =>
        numbers.slice(row * dimension, (row + 1) * dimension),
      ),
    };
  });
  const count = new Set(read.map(({ label }) => label)).size;
  return {
    model: model ?? undefined,
    dimension,
    options: { head, threshold, hopSize },
    examples: read,
    trained: trained ? readTrained(trained, count, dimension) : undefined,
  };
}

/**
 * @param {any} trained
 * @param {number} count of labels
 * @param {number} dimension
 * @returns {TrainedHead}
 */
function readTrained({ head, parameters }, count, dimension) {
  if (head === 'neighbours') return { head };
  require(head === 'linear', 'its head');
  const bytes = textToBytes(parameters);
  require(bytes.length === count * (dimension + 1) * 8, 'the length of its parameters');
  const numbers = new Float64Array(bytes.buffer);
  require(numbers.every(Number.isFinite), 'its parameters');
  return { head, parameters: numbers };
}

/**
 * @param {boolean} condition
 * @param {string} what
 */
function require(condition, what) {
  if (!condition) throw new Error(`${what} cannot be right`);
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
