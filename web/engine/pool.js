import { orAborted, throwIfAborted } from '../common/abort.js';
import { closedError } from '../common/errors.js';
import { Engine } from './engine.js';
import { WorkerClient } from './worker_client.js';

/** @import { Hints } from '../weights/convert.js' */
/** @import { Method, ModelInfo, OpeningMethod } from './engine.js' */
/** @import { FloatSamples } from '../common/samples.js' */
/** @import { EdgeL3Error } from '../common/errors.js' */
/** @typedef {Parameters<Engine['run']>} Run */
/** @typedef {{ bytes: Uint8Array, hints: Hints }} ModelBytes any form of model file, and what else is known about it */
/** @typedef {{ info: ModelInfo, file: Uint8Array }} LoadedModel */

/**
 * @typedef {object} PooledEngine
 * @property {Engine | WorkerClient} engine
 * @property {Promise<LoadedModel>} loaded
 * @property {number} load runs and pieces of streams given to it and not yet finished
 * @property {number} streams open in it
 */

/**
 * A sound that comes in pieces.
 *
 * @typedef {object} PooledStream
 * @property {OpeningMethod} method
 * @property {any} options of that method
 * @property {number} id
 * @property {PooledEngine} [pooled] the engine that has it, from its first piece until it is over
 * @property {boolean} isOver
 * @property {number} hopLength samples; known when its first piece is done
 */

/** What one engine is given: one thing at work, and one so that it need not wait for the page. */
const MAX_LOAD = 2;

/** After these an engine cannot be trusted, or is gone. */
const FATAL = ['internal', 'out_of_memory', 'worker_failed'];

/**
 * The engines of one model. They begin to exist when there is work for them, and one that fails is replaced when there
 * is work again.
 */
export class Pool {
  #wasm;
  #model;
  #workers;
  #onFallBack;
  /** @type {Set<PooledEngine>} */
  #engines = new Set();
  /** @type {{ resolve: (pooled: PooledEngine) => void, reject: (error: EdgeL3Error) => void }[]} runs without an engine yet */
  #waiting = [];
  #nextStream = 0;
  #closing = new AbortController();

  /**
   * @param {WebAssembly.Module} wasm
   * @param {ModelBytes} model
   * @param {number} workers at most so many; 0: one engine in place
   * @param {(error: EdgeL3Error) => void} [onFallBack] called when an engine works in place since no worker could be
   *   started for it; without this, that is an error
   */
  constructor(wasm, model, workers, onFallBack) {
    this.#wasm = wasm;
    this.#model = model;
    this.#workers = workers;
    this.#onFallBack = onFallBack;
  }

  /** Fires at close(). */
  get closing() {
    return this.#closing.signal;
  }

  get workers() {
    return this.#workers;
  }

  /** How many runs are worth having under way at once. */
  get capacity() {
    return MAX_LOAD * Math.max(1, this.#workers);
  }

  /**
   * Starts the first engine, which finds out what the model is.
   *
   * @param {AbortSignal} [signal]
   * @returns {Promise<ModelInfo>}
   * @throws {EdgeL3Error} model_invalid, model_unsupported, wasm_unavailable, worker_failed, out_of_memory, aborted
   */
  async load(signal) {
    try {
      const { info, file } = await orAborted(this.#start().loaded, signal);
      this.#model = { bytes: file, hints: {} };
      return info;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /**
   * Computes windows on the engine that is free first.
   *
   * @param {Run[0]} method
   * @param {Run[1]} samples
   * @param {Run[2]} hopLength
   * @param {AbortSignal} signal
   * @returns {Promise<Float32Array>}
   * @throws {EdgeL3Error} closed, aborted, worker_failed, out_of_memory, internal
   */
  async run(method, samples, hopLength, signal) {
    this.check();
    /** @type {Promise<PooledEngine>} */
    const reserved = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#assign();
    const rows = reserved.then((pooled) =>
      this.#call(pooled, 'run', [method, samples, hopLength], signal).finally(() => this.#relieve(pooled)),
    );
    return orAborted(rows, signal);
  }

  /**
   * @template {OpeningMethod} M
   * @param {M} method
   * @param {Parameters<Engine[M]>[1]} options
   * @returns {PooledStream} to be given to closeStream
   */
  createStream(method, options) {
    return { method, options, id: this.#nextStream++, isOver: false, hopLength: 0 };
  }

  /**
   * @param {PooledStream} stream
   * @param {FloatSamples[]} channels the next samples of each; the first ones are over before others are pushed
   * @param {boolean} [isLast] whether there are no more, which spares the way to `finish` and back
   * @returns {Promise<Float32Array>} what comes out of them; with the last ones all the rest
   * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid, audio_not_finite, closed, worker_failed, out_of_memory
   */
  async push(stream, channels, isLast = false) {
    this.check();
    if (stream.isOver) throw closedError();
    const isFirst = !stream.pooled;
    stream.pooled ??= this.#takeStream();
    const { id, pooled } = stream;
    pooled.load++;
    try {
      const { output, hopLength = stream.hopLength } = isFirst
        ? await this.#call(pooled, stream.method, [id, stream.options, channels, isLast])
        : { output: await this.#call(pooled, 'push', [id, channels, isLast]) };
      stream.hopLength = hopLength;
      if (isLast) this.#leaveStream(stream);
      return output;
    } finally {
      this.#relieve(pooled);
    }
  }

  /**
   * @param {PooledStream} stream to which something was pushed, but not the last samples
   * @returns {Promise<Float32Array>} the rest
   * @throws {EdgeL3Error} audio_empty, audio_too_short, closed, worker_failed, out_of_memory
   */
  async finish(stream) {
    const { id, pooled } = stream;
    if (!pooled) throw closedError();
    try {
      return await this.#call(pooled, 'finish', [id]);
    } finally {
      this.#leaveStream(stream);
    }
  }

  /** @param {PooledStream} stream that is over, or of which nothing more is wanted */
  closeStream(stream) {
    const { id, pooled } = stream;
    this.#leaveStream(stream);
    // Where its engine has failed, it is gone already.
    if (pooled) this.#call(pooled, 'closeStream', [id]).catch(() => {});
  }

  /** @returns {PooledEngine} that which has the fewest streams, with one more */
  #takeStream() {
    const pooled = this.#leastBusy(['streams']) ?? this.#start();
    pooled.streams++;
    return pooled;
  }

  /** @param {PooledStream} stream */
  #leaveStream(stream) {
    if (stream.pooled) stream.pooled.streams--;
    stream.pooled = undefined;
    stream.isOver = true;
  }

  /**
   * Calls a method of one engine.
   *
   * @template {Method} M
   * @param {PooledEngine} pooled
   * @param {M} method
   * @param {Parameters<Engine[M]>} args
   * @param {AbortSignal} [signal]
   */
  async #call(pooled, method, args, signal) {
    try {
      await pooled.loaded;
      throwIfAborted(signal);
      return await pooled.engine.call(method, args, signal);
    } catch (error) {
      const failure = /** @type {EdgeL3Error} */ (error);
      if (FATAL.includes(failure.code)) this.#drop(pooled, failure);
      throw this.closing.aborted ? closedError() : error;
    }
  }

  /** @throws {EdgeL3Error} closed */
  check() {
    if (this.closing.aborted) throw closedError();
  }

  /** Ends everything; calls that wait are rejected with `closed`. */
  close() {
    this.#closing.abort();
    for (const { reject } of this.#waiting.splice(0)) reject(closedError());
    for (const pooled of this.#engines) this.#drop(pooled, closedError());
  }

  /** Gives runs to engines while there are both; one that is idle comes first, then a new one. */
  #assign() {
    while (this.#waiting.length > 0) {
      // Of two, that which has no stream to resample.
      const idlest = this.#leastBusy(['load', 'streams']);
      const canStart = this.#engines.size < Math.max(1, this.#workers);
      const pooled = canStart && idlest?.load !== 0 ? this.#start() : idlest;
      if (!pooled || pooled.load >= MAX_LOAD) return;
      pooled.load++;
      this.#waiting.shift()?.resolve(pooled);
    }
  }

  /** @param {PooledEngine} pooled has finished something */
  #relieve(pooled) {
    pooled.load--;
    this.#assign();
  }

  /** @param {('load' | 'streams')[]} properties the first one counts most */
  #leastBusy(properties) {
    const compare = (/** @type {PooledEngine} */ a, /** @type {PooledEngine} */ b) =>
      properties.map((property) => a[property] - b[property]).find((difference) => difference !== 0) ?? 0;
    return [...this.#engines].sort(compare).at(0);
  }

  /** @returns {PooledEngine} */
  #start() {
    const engine =
      this.#workers === 0 ? new Engine() : new WorkerClient((error) => this.#drop(pooled, error));
    /** @type {PooledEngine} */
    const pooled = {
      engine,
      loaded: engine.call('load', [this.#wasm, this.#model.bytes, this.#model.hints]),
      load: 0,
      streams: 0,
    };
    if (this.#onFallBack) pooled.loaded = pooled.loaded.catch((error) => this.#fallBack(pooled, error));
    this.#engines.add(pooled);
    pooled.loaded.catch((error) => this.#drop(pooled, error));
    return pooled;
  }

  /**
   * Lets an engine whose worker could not be started work in place. No more workers are tried.
   *
   * @param {PooledEngine} pooled
   * @param {EdgeL3Error} error why it did not load
   * @returns {Promise<LoadedModel>}
   */
  async #fallBack(pooled, error) {
    if (error.code !== 'worker_failed' || this.closing.aborted) throw error;
    this.#engines.delete(pooled);
    this.#workers = [...this.#engines].filter(({ engine }) => engine instanceof WorkerClient).length;
    if (this.#workers === 0) this.#onFallBack?.(error);
    pooled.engine = new Engine();
    this.#engines.add(pooled);
    return pooled.engine.call('load', [this.#wasm, this.#model.bytes, this.#model.hints]);
  }

  /**
   * @param {PooledEngine} pooled
   * @param {EdgeL3Error} error what becomes of calls to it
   */
  #drop(pooled, error) {
    if (this.#engines.delete(pooled)) pooled.engine.close(error);
  }
}
