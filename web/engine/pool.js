import { orAborted, throwIfAborted } from '../common/abort.js';
import { closedError } from '../common/errors.js';
import { Engine } from './engine.js';
import { WorkerEngine } from './worker_engine.js';

/** @import { Method, ModelInfo, SignalOptions } from './engine.js' */
/** @import { FloatSamples } from '../common/samples.js' */
/** @import { EdgeL3Error } from '../common/errors.js' */
/** @typedef {Parameters<Engine['run']>} Run */
/** @typedef {{ info: ModelInfo, file: Uint8Array }} LoadedModel */

/**
 * @typedef {object} Member
 * @property {Engine | WorkerEngine} engine
 * @property {Promise<LoadedModel>} loaded
 * @property {number} load runs and pieces of signals given to it and not yet finished
 * @property {number} signals open in it
 */

/** @typedef {{ member: Member, id: number, hopLength: number }} PooledSignal */

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
  /** @type {Set<Member>} */
  #members = new Set();
  /** @type {{ resolve: (member: Member) => void, reject: (error: EdgeL3Error) => void }[]} runs without an engine yet */
  #waiting = [];
  #closing = new AbortController();

  /**
   * @param {WebAssembly.Module} wasm
   * @param {Uint8Array} model any form of model file
   * @param {number} workers at most so many; 0: one engine in place
   */
  constructor(wasm, model, workers) {
    this.#wasm = wasm;
    this.#model = model;
    this.#workers = workers;
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
      this.#model = file;
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
    /** @type {Promise<Member>} */
    const reserved = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    this.#assign();
    const rows = reserved.then((member) =>
      this.call(member, 'run', [method, samples, hopLength], signal).finally(() => this.#relieve(member)),
    );
    return orAborted(rows, signal);
  }

  /**
   * @param {SignalOptions} options
   * @returns {Promise<PooledSignal>} to be given to closeSignal
   * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid, closed, worker_failed
   */
  async openSignal(options) {
    this.check();
    const member = this.#memberWithLeast(['signals']) ?? this.#start();
    member.signals++;
    try {
      return { member, ...(await this.call(member, 'openSignal', [options])) };
    } catch (error) {
      member.signals--;
      throw error;
    }
  }

  /**
   * @param {PooledSignal} signal
   * @param {FloatSamples[]} channels the next samples of each
   * @returns {Promise<Float32Array>} the next samples of the signal
   * @throws {EdgeL3Error} audio_not_finite, closed, worker_failed, out_of_memory
   */
  async push({ member, id }, channels) {
    member.load++;
    try {
      return await this.call(member, 'push', [id, channels]);
    } finally {
      this.#relieve(member);
    }
  }

  /** @param {PooledSignal} signal */
  closeSignal({ member, id }) {
    member.signals--;
    // Where its engine has failed, it is gone already.
    this.call(member, 'closeSignal', [id]).catch(() => {});
  }

  /**
   * Calls a method of one engine: that which has the signal.
   *
   * @template {Method} M
   * @param {Member} member
   * @param {M} method
   * @param {Parameters<Engine[M]>} args
   * @param {AbortSignal} [signal]
   */
  async call(member, method, args, signal) {
    try {
      await member.loaded;
      throwIfAborted(signal);
      return await member.engine.call(method, args, signal);
    } catch (error) {
      const failure = /** @type {EdgeL3Error} */ (error);
      if (FATAL.includes(failure.code)) this.#drop(member, failure);
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
    for (const member of this.#members) this.#drop(member, closedError());
  }

  /** Gives runs to engines while there are both; one that is idle comes first, then a new one. */
  #assign() {
    while (this.#waiting.length > 0) {
      // Of two, that which has no signal to resample.
      const idlest = this.#memberWithLeast(['load', 'signals']);
      const canStart = this.#members.size < Math.max(1, this.#workers);
      const member = canStart && idlest?.load !== 0 ? this.#start() : idlest;
      if (!member || member.load >= MAX_LOAD) return;
      member.load++;
      this.#waiting.shift()?.resolve(member);
    }
  }

  /** @param {Member} member has finished something */
  #relieve(member) {
    member.load--;
    this.#assign();
  }

  /** @param {('load' | 'signals')[]} properties the first one counts most */
  #memberWithLeast(properties) {
    const compare = (/** @type {Member} */ a, /** @type {Member} */ b) =>
      properties.map((property) => a[property] - b[property]).find((difference) => difference !== 0) ?? 0;
    return [...this.#members].sort(compare).at(0);
  }

  /** @returns {Member} */
  #start() {
    const engine =
      this.#workers === 0 ? new Engine() : new WorkerEngine((error) => this.#drop(member, error));
    const loaded = engine.call('load', [this.#wasm, this.#model]);
    const member = { engine, loaded, load: 0, signals: 0 };
    this.#members.add(member);
    loaded.catch((error) => this.#drop(member, error));
    return member;
  }

  /**
   * @param {Member} member
   * @param {EdgeL3Error} error what becomes of calls to it
   */
  #drop(member, error) {
    if (this.#members.delete(member)) member.engine.close(error);
  }
}
