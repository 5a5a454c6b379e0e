import { throwIfAborted } from '../common/abort.js';
import { closedError } from '../common/errors.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { toSafetensors } from '../weights/convert.js';
import { toIdentity } from '../weights/model_file.js';
import { readMetadata } from '../weights/safetensors.js';
import { Core } from './core.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { CoreModel, CoreInputStream } from './core.js' */
/** @import { EdgeL3Error } from '../common/errors.js' */
/** @import { Hints } from '../weights/convert.js' */
/** @import { Identity } from '../weights/identity.js' */
/** @typedef {Omit<Parameters<Core['createInputStream']>[0], 'targetRate'>} SignalOptions */
/** @typedef {import('./core.js').ModelInfo & { name: string | undefined, identity: Identity }} ModelInfo */
/** @typedef {'embed' | 'melSpectrogram' | 'profile'} WindowMethod what can be computed of a window */
/** @typedef {'load' | 'run' | 'openSignal' | 'push' | 'finish' | 'closeSignal'} Method */

/**
 * A network in an instance of the module of its own: all the work there is. Either in a worker, behind a WorkerClient,
 * or in place. Every method's arguments and results can be posted as messages.
 */
export class Engine {
  #ended = closedError();
  /** @type {{ core: Core, model: CoreModel, windowLength: number } | undefined} */
  #loaded;
  /** @type {Map<number, CoreInputStream>} */
  #signals = new Map();
  #nextSignal = 0;
  /** @type {Promise<unknown>} the last run, after which the next one begins */
  #lastRun = Promise.resolve();

  /**
   * The same call that WorkerClient has.
   *
   * @template {Method} M
   * @param {M} method
   * @param {Parameters<Engine[M]>} args
   * @param {AbortSignal} [signal] heard by `run`
   * @returns {Promise<Awaited<ReturnType<Engine[M]>>>}
   */
  async call(method, args, signal) {
    return /** @type {any} */ (this[method])(...args, signal);
  }

  /**
   * @param {WebAssembly.Module} wasm
   * @param {Uint8Array} bytes any form of model file
   * @param {Hints} hints what else is known about it
   * @returns {Promise<{ info: ModelInfo, file: Uint8Array }>} `file`: the form from which other engines load faster
   * @throws {EdgeL3Error} model_invalid, model_unsupported, wasm_unavailable, out_of_memory
   */
  async load(wasm, bytes, hints) {
    const file = await toSafetensors(bytes, hints);
    const core = await Core.create(wasm);
    const model = core.loadModel(file);
    const metadata = readMetadata(file);
    const info = { ...model.info(), name: metadata.name, identity: toIdentity(metadata) };
    this.#loaded = { core, model, windowLength: info.sampleRate };
    return { info, file };
  }

  /**
   * Computes windows one by one; between two of them messages and an abort are heard. One run after the other.
   *
   * @param {WindowMethod} method
   * @param {Float32Array} samples at the model's rate, from the first window's start to the last one's end
   * @param {number} hopLength samples
   * @param {AbortSignal} [signal]
   * @returns {Promise<Float32Array>} one row for each window
   */
  run(method, samples, hopLength, signal) {
    const rows = this.#lastRun.then(() => this.#runNow(method, samples, hopLength, signal));
    this.#lastRun = rows.catch(() => {});
    return rows;
  }

  /**
   * @param {WindowMethod} method
   * @param {Float32Array} samples
   * @param {number} hopLength
   * @param {AbortSignal | undefined} signal
   */
  async #runNow(method, samples, hopLength, signal) {
    const { model, windowLength } = this.#opened();
    const count = 1 + Math.floor((samples.length - windowLength) / hopLength);
    let rows = new Float32Array(0);
    for (let index = 0; index < count; index++) {
      await yieldToEventLoop();
      throwIfAborted(signal);
      const window = samples.subarray(index * hopLength, index * hopLength + windowLength);
      const row = model[method](window, hopLength);
      if (index === 0) rows = new Float32Array(count * row.length);
      rows.set(row, index * row.length);
    }
    return rows;
  }

  /**
   * @param {SignalOptions} options
   * @returns {{ id: number, hopLength: number }}
   * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid
   */
  openSignal(options) {
    const { core, windowLength } = this.#opened();
    const signal = core.createInputStream({ ...options, targetRate: windowLength });
    const id = this.#nextSignal++;
    this.#signals.set(id, signal);
    return { id, hopLength: signal.hopLength };
  }

  /**
   * @param {number} id
   * @param {FloatSamples[]} channels the next samples of each
   * @returns {Promise<Float32Array>} the next samples of the signal
   * @throws {EdgeL3Error} audio_not_finite
   */
  async push(id, channels) {
    const samples = this.#signal(id).push(channels);
    await yieldToEventLoop();
    return samples;
  }

  /**
   * @param {number} id
   * @returns {Float32Array} the rest of the signal
   * @throws {EdgeL3Error} audio_empty, audio_too_short
   */
  finish(id) {
    return this.#signal(id).finish();
  }

  /** @param {number} id */
  closeSignal(id) {
    this.#signals.get(id)?.close();
    this.#signals.delete(id);
  }

  /**
   * Frees everything; what still runs ends after the window at hand.
   *
   * @param {EdgeL3Error} error what later calls throw
   */
  close(error) {
    this.#ended = error;
    for (const id of this.#signals.keys()) this.closeSignal(id);
    this.#loaded?.model.close();
    this.#loaded = undefined;
  }

  #opened() {
    if (!this.#loaded) throw this.#ended;
    return this.#loaded;
  }

  /** @param {number} id */
  #signal(id) {
    const signal = this.#signals.get(id);
    if (!signal) throw this.#ended;
    return signal;
  }
}
