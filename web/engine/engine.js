import { throwIfAborted } from '../common/abort.js';
import { concatenate } from '../common/concatenate.js';
import { closedError } from '../common/errors.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { toSafetensors } from '../weights/convert.js';
import { toIdentity } from '../weights/model_file.js';
import { readMetadata } from '../weights/safetensors.js';
import { Core } from './core.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { CoreModel, CoreStream } from './core.js' */
/** @import { EdgeL3Error } from '../common/errors.js' */
/** @import { Hints } from '../weights/convert.js' */
/** @import { Identity } from '../weights/identity.js' */
/** @typedef {Omit<Parameters<Core['createInputStream']>[0], 'targetRate'>} InputOptions how a sound comes in and is cut into windows */
/** @typedef {Pick<InputOptions, 'inputRate' | 'channelCount'>} ColumnOptions how a sound comes in of which columns are wanted */
/** @typedef {import('./core.js').ModelInfo & { name: string | undefined, identity: Identity }} ModelInfo */
/** @typedef {'embed' | 'melSpectrogram' | 'profile'} WindowMethod what can be computed of a window */
/** @typedef {'openInput' | 'openColumns'} OpeningMethod what becomes of a sound that comes in pieces */
/** @typedef {{ hopLength: number, output: Float32Array }} OpenedStream and what came out of its first samples */
/** @typedef {'load' | 'run' | OpeningMethod | 'push' | 'finish' | 'closeStream'} Method */

/**
 * A network in an instance of the module of its own: all the work there is. Either in a worker, behind a WorkerClient,
 * or in place. Every method's arguments and results can be posted as messages.
 */
export class Engine {
  #ended = closedError();
  /** @type {{ core: Core, model: CoreModel, windowLength: number } | undefined} */
  #loaded;
  /** @type {Map<number, CoreStream>} sounds that come in pieces */
  #streams = new Map();
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
   * Opens a sound that comes in pieces, to be resampled: what comes out are its samples at the model's rate.
   *
   * @param {number} id which one it is from now on, chosen by the caller
   * @param {InputOptions} options
   * @param {FloatSamples[]} channels its first samples
   * @param {boolean} isLast as for push
   * @returns {Promise<OpenedStream>} `hopLength`: samples from window to window
   * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid, and what push throws
   */
  async openInput(id, options, channels, isLast) {
    const { core, windowLength } = this.#opened();
    const stream = core.createInputStream({ ...options, targetRate: windowLength });
    this.#streams.set(id, stream);
    const { hopLength } = stream;
    return { hopLength, output: await this.push(id, channels, isLast) };
  }

  /**
   * Opens a sound that comes in pieces, to be shown: what comes out are columns of the network's spectrogram.
   *
   * @param {number} id which one it is from now on, chosen by the caller
   * @param {ColumnOptions} options
   * @param {FloatSamples[]} channels its first samples
   * @param {boolean} isLast as for push
   * @returns {Promise<OpenedStream>} `hopLength`: samples from column to column
   * @throws {EdgeL3Error} sample_rate_invalid, and what push throws
   */
  async openColumns(id, options, channels, isLast) {
    const { model } = this.#opened();
    this.#streams.set(id, model.createColumnStream(options));
    return { hopLength: model.info().melHop, output: await this.push(id, channels, isLast) };
  }

  /**
   * @param {number} id
   * @param {FloatSamples[]} channels the next samples of each
   * @param {boolean} isLast whether there are no more: then the sound is finished, too
   * @returns {Promise<Float32Array>} what comes out of them
   * @throws {EdgeL3Error} audio_not_finite, and if they are the last ones what finish throws
   */
  async push(id, channels, isLast) {
    const pushed = this.#stream(id).push(channels);
    const output = isLast ? concatenate(Float32Array, [pushed, this.finish(id)]) : pushed;
    await yieldToEventLoop();
    return output;
  }

  /**
   * Ends a sound that comes in pieces, and closes it.
   *
   * @param {number} id
   * @returns {Float32Array} the rest
   * @throws {EdgeL3Error} audio_empty, audio_too_short
   */
  finish(id) {
    try {
      return this.#stream(id).finish();
    } finally {
      this.closeStream(id);
    }
  }

  /** @param {number} id of a sound that is left where it is; one that is not there does no harm */
  closeStream(id) {
    this.#streams.get(id)?.close();
    this.#streams.delete(id);
  }

  /**
   * Frees everything; what still runs ends after the window at hand.
   *
   * @param {EdgeL3Error} error what later calls throw
   */
  close(error) {
    this.#ended = error;
    for (const id of this.#streams.keys()) this.closeStream(id);
    this.#loaded?.model.close();
    this.#loaded = undefined;
  }

  #opened() {
    if (!this.#loaded) throw this.#ended;
    return this.#loaded;
  }

  /** @param {number} id */
  #stream(id) {
    const stream = this.#streams.get(id);
    if (!stream) throw this.#ended;
    return stream;
  }
}
