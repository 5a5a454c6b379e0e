import { EdgeL3Error } from '../common/errors.js';
import { CALLBACK, DURATION, oneOf, readOptions } from '../common/options.js';
import { readClassifier, writeClassifier } from './classifier_file.js';
import { answersForHeldOut, interval, meanConfidences } from './held_out.js';
import { logisticRegression, trainLogisticRegression } from './logistic_regression.js';
import { nearestNeighbours } from './nearest_neighbours.js';
import { isRows, isVector, toRows } from './rows.js';
import { createEventStream } from './sound_events.js';
import { l2Normalize } from './vectors.js';

/** @import { AudioInput } from '../common/samples.js' */
/** @import { ModelIdentity } from '../common/model_identity.js' */
/** @import { Evaluation, Head } from './held_out.js' */
/** @import { EmbeddingRows, Vector } from './rows.js' */
/** @import { TimedEmbedding } from '../common/embeddings.js' */
/** @import { EventOptions, SoundEvent, TimedVector } from './sound_events.js' */

/** @typedef {string | null} Label What a sound is; null is the background, all that is none of the others. */
/**
 * What a classifier says of a sound.
 *
 * @typedef {object} Answer
 * @property {Label} label the most likely one; null for the background, and where none reaches the threshold
 * @property {number} confidence from 0 to 1
 */

/** @typedef {{ windows: Float32Array[] }} Example the windows of a recording, each of length 1 */

/**
 * What is needed of an EmbeddingModel.
 *
 * @typedef {object} Embedder
 * @property {number} embeddingDimension numbers in an embedding
 * @property {ModelIdentity} identity which network it is
 * @property {(options: any) => TransformStream<AudioInput, TimedEmbedding>} stream embeds a sound as it comes
 */

/**
 * What a classifier learns from, and how it answers.
 *
 * @typedef {object} ClassifierOptions
 * @property {Embedder} [model] from loadEmbeddingModel: what makes embeddings of audio. Not needed where only embeddings
 *   are given
 * @property {'auto' | 'neighbours' | 'linear'} [head] how embeddings become answers: by the nearest examples, which works
 *   from one example of each label; or by logistic regression, which is smaller and mostly better with many. Default
 *   'auto': whichever is right about more recordings that it did not learn from
 * @property {number} [threshold] from 0 to less than 1: where no label reaches this confidence the answer is null,
 *   "nothing I know". Default 0: always one of the labels
 * @property {number} [hopSize] seconds between the windows of audio; default 0.1
 * @property {(warning: import('../common/errors.js').EdgeL3Warning) => void} [onWarning] default: console.warn
 */

/** @satisfies {Record<keyof ClassifierOptions, import('../common/options.js').Kind>} */
const KINDS = {
  model: {
    expected: 'what loadEmbeddingModel gives (await its promise)',
    isValid: (model) => typeof model?.stream === 'function',
  },
  head: oneOf(['auto', 'neighbours', 'linear']),
  threshold: {
    expected: 'a number from 0, less than 1',
    isValid: (threshold) => Number.isFinite(threshold) && threshold >= 0 && threshold < 1,
  },
  hopSize: { ...DURATION, code: 'hop_invalid' },
  onWarning: CALLBACK,
};

/** @typedef {{ head: 'neighbours' | 'linear', parameters?: Float64Array }} TrainedHead `parameters`: of a linear one */

/**
 * Tells sounds apart that it was taught by a few examples each.
 *
 *     const classifier = new SoundClassifier({ model });
 *     await classifier.addExample('knock', samples, 44100);
 *     await classifier.addExample('whistle', otherSamples, 44100);
 *     const [{ label, confidence }] = await classifier.classify(unknownSamples, 44100);
 */
export class SoundClassifier {
  #model;
  #options;
  #onWarning;
  /** @type {ModelIdentity | undefined} of the network whose embeddings these are, once it is known */
  #identity;
  /** @type {number | undefined} */
  #dimension;
  /** @type {Map<Label, Example[]>} */
  #examples = new Map();
  /** @type {Promise<TrainedHead> | undefined} until an example is added */
  #training;
  /** @type {TrainedHead | undefined} what came of it */
  #trained;

  /**
   * @param {ClassifierOptions} [options]
   * @throws {EdgeL3Error} option_invalid
   */
  constructor(options) {
    const { model, head = 'auto', threshold = 0, hopSize = 0.1, onWarning } = readOptions(options, KINDS);
    this.#model = model;
    this.#options = { head, threshold, hopSize };
    this.#onWarning = onWarning;
    this.#identity = model?.identity;
    this.#dimension = model?.embeddingDimension;
  }

  /** Seconds between the windows of audio. */
  get hopSize() {
    return this.#options.hopSize;
  }

  /** All that was taught, in the order of the first examples; null, the background, comes last. */
  get labels() {
    const labels = [...this.#examples.keys()].filter((label) => label !== null);
    return this.#examples.has(null) ? [...labels, null] : labels;
  }

  /**
   * The examples of a label, for addExample of another classifier.
   *
   * @param {Label} label
   * @returns {EmbeddingRows[]} one for each recording: its windows, each of length 1
   */
  examplesOf(label) {
    return (this.#examples.get(label) ?? []).map(({ windows }) => {
      const [{ length }] = windows;
      const embedding = new Float32Array(windows.length * length);
      for (const [row, window] of windows.entries()) embedding.set(window, row * length);
      return { embedding, shape: [windows.length, length] };
    });
  }

  /**
   * Teaches one recording.
   *
   * @param {Label} label a text, or null for the background
   * @param {AudioInput | EmbeddingRows | Vector | Vector[]} audioOrEmbedding audio with its rate, an AudioBuffer, a result
   *   of getEmbedding, an embedding of D numbers, or a list of them; all of it counts as one recording
   * @param {number} [sampleRate] Hz, of audio
   * @returns {Promise<void>}
   * @throws {EdgeL3Error} option_invalid, embedding_invalid, model_mismatch, and what getEmbedding throws
   */
  async addExample(label, audioOrEmbedding, sampleRate) {
    if (label !== null && (typeof label !== 'string' || label === '')) {
      throw new EdgeL3Error(
        'option_invalid',
        `A label must be a text, or null for the background, not ${label === '' ? 'an empty one' : String(label)}.`,
      );
    }
    const windows = await this.#toWindows(audioOrEmbedding, sampleRate);
    this.#add(label, { windows });
    this.#training = undefined;
    this.#trained = undefined;
  }

  /**
   * Learns from the examples, unless that has been done. All other methods do it when they need it; after it, toJSON saves
   * what was learned too.
   *
   * @returns {Promise<'neighbours' | 'linear'>} the head that is used
   * @throws {EdgeL3Error} examples_missing
   */
  async train() {
    return (await this.#train()).head;
  }

  /**
   * @param {AudioInput | EmbeddingRows | Vector | Vector[]} audioOrEmbedding as for addExample
   * @param {number} [sampleRate] Hz, of audio
   * @returns {Promise<Answer[]>} the labels, the most confident first; the sum of the confidences is 1. Those of several
   *   windows are averaged
   * @throws {EdgeL3Error} examples_missing, option_invalid, embedding_invalid, model_mismatch, and what getEmbedding throws
   */
  async classify(audioOrEmbedding, sampleRate) {
    const head = await this.#head();
    const windows = await this.#toWindows(audioOrEmbedding, sampleRate);
    return this.#rank(meanConfidences(head, windows));
  }

  /**
   * Recognises sounds as they come: takes what `model.stream` gives, and gives an event for each sound once it is over.
   *
   * @param {EventOptions} [options]
   * @returns {TransformStream<TimedVector, SoundEvent>} which ends with the errors of classify
   * @throws {EdgeL3Error} option_invalid
   */
  stream(options) {
    return createEventStream(async (embedding) => {
      const head = await this.#head();
      return this.#rank(head(this.#normalize([embedding])[0]))[0];
    }, options);
  }

  /**
   * How often the answer is right for recordings that were not learned from, each held out in its turn.
   *
   * @returns {Promise<Evaluation>} of the head that is used. Where both were tried it is the better one, so the accuracy
   *   is a little flattered
   * @throws {EdgeL3Error} examples_missing
   */
  async evaluate() {
    const { head } = await this.#train();
    const classes = this.#classes();
    const labels = this.#labelsOfAnswers();
    const answers = await answersForHeldOut(classes, HEADS[head].of);
    const confusion = labels.map(() => labels.map(() => 0));
    let right = 0;
    for (const { label, confidences } of answers) {
      const answer = labels.indexOf(this.#rank(confidences)[0].label);
      confusion[label][answer]++;
      if (answer === label) right++;
    }
    const count = answers.length;
    return {
      head,
      labels,
      confusion,
      recordings: count,
      accuracy: count === 0 ? null : right / count,
      interval: count === 0 ? null : interval(right, count),
      unjudged: this.labels.filter((_, index) => classes[index].length < 2),
    };
  }

  /**
   * All of it, for fromJSON: it holds embeddings, no sound.
   *
   * @returns {object} for JSON.stringify, which calls this
   */
  toJSON() {
    return writeClassifier({
      model: this.#identity,
      dimension: this.#dimension,
      options: this.#options,
      examples: this.labels.flatMap((label) =>
        (this.#examples.get(label) ?? []).map(({ windows }) => ({ label, windows })),
      ),
      trained: this.#trained,
    });
  }

  /**
   * @param {unknown} json what toJSON gave, or the text that JSON.stringify made of it
   * @param {Pick<ClassifierOptions, 'model' | 'onWarning'>} [options] `model`: the one whose embeddings were taught
   * @returns {SoundClassifier} which gives the same answers to the last bit
   * @throws {EdgeL3Error} file_unsupported, file_damaged, model_mismatch, option_invalid
   */
  static fromJSON(json, options) {
    const { model, onWarning } = readOptions(options, { model: KINDS.model, onWarning: CALLBACK });
    const saved = readClassifier(json);
    const classifier = new SoundClassifier({ ...saved.options, model, onWarning });
    classifier.#expect(saved.model);
    if (model && saved.dimension !== undefined && saved.dimension !== model.embeddingDimension) {
      throw classifier.#mismatch(saved.dimension);
    }
    classifier.#dimension = saved.dimension ?? classifier.#dimension;
    for (const { label, windows } of saved.examples) classifier.#add(label, { windows });
    if (saved.trained) {
      classifier.#trained = saved.trained;
      classifier.#training = Promise.resolve(saved.trained);
    }
    return classifier;
  }

  /** @param {Label} label @param {Example} example */
  #add(label, example) {
    this.#examples.set(label, [...(this.#examples.get(label) ?? []), example]);
  }

  #classes() {
    return this.labels.map((label) => this.#examples.get(label) ?? []);
  }

  /** The labels, and null behind them if "nothing I know" may be the answer. */
  #labelsOfAnswers() {
    const { labels } = this;
    return this.#options.threshold > 0 && !labels.includes(null) ? [...labels, null] : labels;
  }

  /** @returns {Promise<TrainedHead>} */
  #train() {
    if (this.#examples.size < 2) {
      const what = this.#examples.size === 0 ? 'Nothing has been taught' : 'Only one label has been taught';
      return Promise.reject(
        new EdgeL3Error(
          'examples_missing',
          `${what}: teach at least two by addExample. One may be null, the background.`,
        ),
      );
    }
    if (!this.#training) {
      const training = this.#choose().then((trained) => {
        // Unless an example has been added meanwhile.
        if (this.#training === training) this.#trained = trained;
        return trained;
      });
      this.#training = training;
    }
    return this.#training;
  }

  /** @returns {Promise<TrainedHead>} */
  async #choose() {
    const classes = this.#classes();
    const { head } = this.#options;
    if (head !== 'auto') return HEADS[head].train(classes);
    // With less than that, nothing can be compared.
    if (classes.filter(({ length }) => length > 1).length < 2) return HEADS.neighbours.train(classes);
    const scores = [];
    for (const name of /** @type {const} */ (['neighbours', 'linear'])) {
      const answers = await answersForHeldOut(classes, HEADS[name].of);
      scores.push(answers.filter(({ label, confidences }) => isLargest(confidences, label)).length);
    }
    return HEADS[scores[1] > scores[0] ? 'linear' : 'neighbours'].train(classes);
  }

  /** @returns {Promise<Head>} */
  async #head() {
    const trained = await this.#train();
    return HEADS[trained.head].use(trained, this.#classes());
  }

  /**
   * @param {Float64Array} confidences in the order of the labels
   * @returns {Answer[]}
   */
  #rank(confidences) {
    const answers = this.labels.map((label, index) => ({ label, confidence: confidences[index] }));
    answers.sort((a, b) => b.confidence - a.confidence);
    const { threshold } = this.#options;
    if (answers[0].label === null || answers[0].confidence >= threshold) return answers;
    // What is missing to certainty goes to null, so that it comes first and the sum stays 1.
    const background = answers.find(({ label }) => label === null)?.confidence ?? 0;
    const rest = answers.filter(({ label }) => label !== null);
    return [
      { label: null, confidence: threshold + (1 - threshold) * background },
      ...rest.map(({ label, confidence }) => ({ label, confidence: (1 - threshold) * confidence })),
    ];
  }

  /**
   * @param {AudioInput | EmbeddingRows | Vector | Vector[]} input
   * @param {number | undefined} sampleRate
   * @returns {Promise<Float32Array[]>} each of length 1
   */
  async #toWindows(input, sampleRate) {
    if (isRows(input)) {
      this.#expect(/** @type {{ model?: ModelIdentity }} */ (input).model);
      return this.#normalize(toRows(input));
    }
    if (sampleRate === undefined && isVector(input)) return this.#normalize([input]);
    if (sampleRate === undefined && Array.isArray(input) && input.every(isVector)) {
      return this.#normalize(toRows(input));
    }
    return this.#normalize(await this.#embed(/** @type {AudioInput} */ (input), sampleRate));
  }

  /**
   * @param {AudioInput} audio
   * @param {number | undefined} sampleRate
   * @returns {Promise<Vector[]>}
   */
  async #embed(audio, sampleRate) {
    if (!this.#model) {
      throw new EdgeL3Error('option_invalid', 'To take audio the classifier needs the option model.');
    }
    const { readable, writable } = this.#model.stream({
      sampleRate: sampleRate ?? /** @type {{ sampleRate?: number }} */ (audio)?.sampleRate,
      hopSize: this.#options.hopSize,
      // A window shall hold nothing but the sound.
      center: false,
      onWarning: this.#onWarning,
    });
    const writer = writable.getWriter();
    // Its errors are those of the other end.
    writer.write(audio).catch(() => {});
    writer.close().catch(() => {});
    const windows = [];
    const reader = readable.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return windows;
      windows.push(value.embedding);
    }
  }

  /**
   * @param {Vector[]} rows
   * @returns {Float32Array[]}
   */
  #normalize(rows) {
    toRows(rows);
    this.#dimension ??= rows[0].length;
    if (rows[0].length !== this.#dimension) throw this.#mismatch(rows[0].length);
    return rows.map(l2Normalize);
  }

  /**
   * Remembers whose embeddings these are, or checks that they are of the network of those before.
   *
   * @param {ModelIdentity | undefined} identity
   */
  #expect(identity) {
    if (!identity) return;
    this.#identity ??= identity;
    if (identity.sha256 === this.#identity.sha256) return;
    throw new EdgeL3Error(
      'model_mismatch',
      `These embeddings come from the network '${identity.name}' (SHA-256 ${identity.sha256.slice(0, 12)}…), the others of this classifier from '${this.#identity.name}' (${this.#identity.sha256.slice(0, 12)}…): use the same one.`,
    );
  }

  /** @param {number} length */
  #mismatch(length) {
    return new EdgeL3Error(
      'model_mismatch',
      `Embeddings of ${this.#dimension} numbers were expected, not of ${length}: they come from another network. Samples of a sound need their sampleRate.`,
    );
  }
}

const HEADS = {
  neighbours: {
    of: nearestNeighbours,
    /** @type {(classes: Example[][]) => TrainedHead} */
    train: () => ({ head: 'neighbours' }),
    use: (/** @type {TrainedHead} */ _, /** @type {Example[][]} */ classes) => nearestNeighbours(classes),
  },
  linear: {
    of: (/** @type {Example[][]} */ classes) =>
      logisticRegression(trainLogisticRegression(classes), classes.length),
    /** @type {(classes: Example[][]) => TrainedHead} */
    train: (classes) => ({ head: 'linear', parameters: trainLogisticRegression(classes) }),
    use: (/** @type {TrainedHead} */ { parameters }, /** @type {Example[][]} */ classes) =>
      logisticRegression(/** @type {Float64Array} */ (parameters), classes.length),
  },
};

/** @param {Float64Array} numbers @param {number} index */
function isLargest(numbers, index) {
  return numbers.every((number, other) => number < numbers[index] || other === index);
}
