import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** @import { EmbeddedClip } from './cross_validate.js' */

/** Numbers in the hidden layers, as in "EdgeL3" (Kumari et al., 2019), section III. */
const HIDDEN = [512, 128];

const EPOCHS = 20;
const BATCH = 128;
const LEARNING_RATE = 1e-3;
const SEED = 1;

/**
 * Trains a multi-layer perceptron on windows: features of mean 0 and variance 1, ReLU, softmax, cross entropy, Adam. Weights
 * begin, and windows are drawn, by a generator with a fixed seed.
 *
 * @param {Pick<EmbeddedClip, 'label' | 'rows'>[]} clips
 * @returns {Promise<(rows: Float32Array[]) => string>} the label of a clip: that with the largest probability, in the mean over
 *   its windows
 */
export async function trainPerceptron(clips) {
  await startBackend();
  const labels = [...new Set(clips.map(({ label }) => label))].sort();
  const windows = clips.flatMap(({ rows, label }) =>
    rows.map((row) => ({ row, target: labels.indexOf(label) })),
  );
  const { mean, scale } = momentsOf(windows.map(({ row }) => row));
  const random = randomNumbers(SEED);
  const sizes = [mean.size, ...HIDDEN, labels.length];
  const layers = sizes.slice(1).map((size, k) => ({
    // He's initialisation, for ReLU.
    weights: tf.variable(tf.randomNormal([sizes[k], size], 0, Math.sqrt(2 / sizes[k]), 'float32', SEED + k)),
    bias: tf.variable(tf.zeros([size])),
  }));
  const optimizer = tf.train.adam(LEARNING_RATE);
  /** @param {Float32Array[]} rows @returns {tf.Tensor2D[]} the features, and what each layer makes of them */
  const activations = (rows) => {
    const values = [
      /** @type {tf.Tensor2D} */ (tf.mul(tf.sub(tf.tensor2d(/** @type {any[]} */ (rows)), mean), scale)),
    ];
    for (const [k, { weights, bias }] of layers.entries()) {
      const sums = tf.add(
        tf.matMul(values[k], /** @type {tf.Tensor2D} */ (/** @type {unknown} */ (weights))),
        bias,
      );
      values.push(/** @type {tf.Tensor2D} */ (k < layers.length - 1 ? tf.relu(sums) : tf.softmax(sums)));
    }
    return values;
  };
  const step = (/** @type {typeof windows} */ batch) => {
    const values = activations(batch.map(({ row }) => row));
    const targets = tf.oneHot(
      tf.tensor1d(
        batch.map(({ target }) => target),
        'int32',
      ),
      labels.length,
    );
    /** @type {Record<string, any>} */
    const gradients = {};
    // Back propagation; of softmax and cross entropy together, the difference.
    let slope = /** @type {tf.Tensor2D} */ (
      tf.div(tf.sub(values[layers.length], tf.cast(targets, 'float32')), batch.length)
    );
    for (let k = layers.length - 1; k >= 0; k--) {
      const { weights, bias } = layers[k];
      gradients[weights.name] = tf.matMul(values[k], slope, true, false);
      gradients[bias.name] = tf.sum(slope, 0);
      const below = tf.matMul(
        slope,
        /** @type {tf.Tensor2D} */ (/** @type {unknown} */ (weights)),
        false,
        true,
      );
      slope = /** @type {tf.Tensor2D} */ (tf.mul(below, tf.step(values[k])));
    }
    optimizer.applyGradients(gradients);
  };
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(windows, random);
    for (let at = 0; at < windows.length; at += BATCH) tf.tidy(() => step(windows.slice(at, at + BATCH)));
  }
  return (rows) => {
    const probabilities = tf.tidy(() =>
      tf.mean(/** @type {tf.Tensor} */ (activations(rows).at(-1)), 0).dataSync(),
    );
    return labels[probabilities.indexOf(Math.max(...probabilities))];
  };
}

/** On one thread, for the worker threads that it would start keep the process from ending. */
async function startBackend() {
  setWasmPaths(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
}

/**
 * @param {Float32Array[]} rows
 * @returns {{ mean: tf.Tensor1D, scale: tf.Tensor1D }} for each number its mean, and one over its standard deviation
 */
function momentsOf(rows) {
  const sums = new Float64Array(rows[0].length);
  const squares = new Float64Array(rows[0].length);
  for (const row of rows) for (let i = 0; i < sums.length; i++) sums[i] += row[i] / rows.length;
  for (const row of rows)
    for (let i = 0; i < sums.length; i++) squares[i] += (row[i] - sums[i]) ** 2 / rows.length;
  // A number that never changes says nothing.
  const scale = squares.map((square) => (square > 0 ? 1 / Math.sqrt(square) : 0));
  return { mean: tf.tensor1d(Float32Array.from(sums)), scale: tf.tensor1d(Float32Array.from(scale)) };
}

/** Fisher and Yates' shuffle. @param {unknown[]} items @param {() => number} random */
function shuffle(items, random) {
  for (let k = items.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [items[k], items[other]] = [items[other], items[k]];
  }
}

/**
 * A linear congruential generator of reproducible numbers.
 *
 * @param {number} seed
 * @returns {() => number} from 0 to less than 1
 */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
