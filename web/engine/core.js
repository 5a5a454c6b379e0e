import { closedError, EdgeL3Error, unavailableError } from '../common/errors.js';
import createModule from '../edgel3-core.js';

/** @import { RawColumnStream, RawInputStream, RawModel, RawModule } from '../edgel3-core.js' */
/** @import { ErrorCode } from '../common/errors.js' */
/** @typedef {import('../edgel3-core.js').RawModelInfo} ModelInfo */

/**
 * What an Embind object may hand back: a failure comes as a value.
 *
 * @template T
 * @typedef {Exclude<T, import('../edgel3-core.js').RawFailure>} Success
 */

/** One instance of the WebAssembly module, with a memory of its own. */
export class Core {
  #module;
  /** @type {EdgeL3Error | undefined} what made this instance unusable */
  #failure;

  /** @param {RawModule} module */
  constructor(module) {
    this.#module = module;
  }

  /**
   * @param {WebAssembly.Module} wasm
   * @returns {Promise<Core>}
   * @throws {EdgeL3Error} wasm_unavailable, out_of_memory
   */
  static async create(wasm) {
    try {
      return new Core(await instantiate(wasm));
    } catch (cause) {
      if (cause instanceof RangeError) throw reservationError(cause);
      throw unavailableError(`could not be started (${cause})`, cause);
    }
  }

  /**
   * @param {Uint8Array} bytes a safetensors model file
   * @returns {CoreModel}
   * @throws {EdgeL3Error} model_invalid, model_unsupported
   */
  loadModel(bytes) {
    return new CoreModel(
      this,
      this.run(() => this.#module.loadModel(bytes)),
    );
  }

  /**
   * @param {object} options
   * @param {number} options.inputRate Hz
   * @param {number} options.targetRate Hz
   * @param {number} options.channelCount
   * @param {boolean} options.center
   * @param {number} options.hopSize seconds
   * @returns {CoreInputStream}
   * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid
   */
  createInputStream({ inputRate, targetRate, channelCount, center, hopSize }) {
    return new CoreInputStream(
      this,
      this.run(() => this.#module.createInputStream(inputRate, targetRate, channelCount, center, hopSize)),
    );
  }

  /**
   * Calls into the module and throws what it reports. After a trap its memory cannot be trusted: from then on every
   * call fails.
   *
   * @template T
   * @param {() => T} operation
   * @returns {Success<T>}
   */
  run(operation) {
    if (this.#failure) throw this.#failure;
    let result;
    try {
      result = operation();
    } catch (cause) {
      this.#failure = toTrapError(cause);
      throw this.#failure;
    }
    if (Object.hasOwn(Object(result), 'code')) {
      const { code, message } = /** @type {{ code: ErrorCode, message: string }} */ (result);
      throw new EdgeL3Error(code, message);
    }
    return /** @type {Success<T>} */ (result);
  }

  /** @param {{ delete(): void }} object */
  release(object) {
    if (!this.#failure) this.run(() => object.delete());
  }
}

/**
 * Owner of one object inside the module.
 *
 * @template {{ delete(): void }} T
 */
class Handle {
  /** @type {T | undefined} */
  #object;

  /**
   * @param {Core} core
   * @param {T} object
   */
  constructor(core, object) {
    this.core = core;
    this.#object = object;
  }

  /**
   * @template R
   * @param {(object: T) => R} operation
   * @returns {Success<R>}
   * @throws {EdgeL3Error} closed
   */
  use(operation) {
    const object = this.#object;
    if (!object) throw closedError();
    return this.core.run(() => operation(object));
  }

  /** Frees the memory inside the module. May be called twice. */
  close() {
    if (this.#object) this.core.release(this.#object);
    this.#object = undefined;
  }
}

/** @extends {Handle<RawModel>} */
export class CoreModel extends Handle {
  /** @returns {ModelInfo} */
  info() {
    return this.use((model) => model.info());
  }

  /**
   * @param {Float32Array} samples at the model's rate, at least one window long
   * @param {number} hopLength samples between windows; also from the last window of the call before to the first of this
   *   one, if it takes no more time than it must
   * @returns {Float32Array} window-major
   */
  embed(samples, hopLength) {
    return this.use((model) => model.embed(samples, hopLength));
  }

  /**
   * @param {Float32Array} window one second at the model's rate
   * @returns {Float32Array} mel-major, in dB below the loudest element
   */
  melSpectrogram(window) {
    return this.use((model) => model.melSpectrogram(window));
  }

  /**
   * @param {object} options
   * @param {number} options.inputRate Hz
   * @param {number} options.channelCount
   * @returns {CoreStream} gives columns, each from the lowest band up, in absolute dB
   * @throws {EdgeL3Error} sample_rate_invalid, audio_invalid
   */
  createColumnStream({ inputRate, channelCount }) {
    return new CoreStream(
      this.core,
      this.use((model) => model.createColumnStream(inputRate, channelCount)),
    );
  }

  /**
   * @param {Float32Array} window one second at the model's rate
   * @returns {Float32Array} milliseconds: the front end, then each convolution
   */
  profile(window) {
    return this.use((model) => model.profile(window));
  }
}

/**
 * A sound on its way in, in pieces.
 *
 * @template {RawInputStream | RawColumnStream} [T=RawInputStream | RawColumnStream]
 * @extends {Handle<T>}
 */
export class CoreStream extends Handle {
  /**
   * @param {(Float32Array | Float64Array)[]} channels
   * @returns {Float32Array} what comes out of them
   * @throws {EdgeL3Error} audio_not_finite
   */
  push(channels) {
    return this.use((stream) => stream.push(channels));
  }

  /**
   * @returns {Float32Array} the rest
   * @throws {EdgeL3Error} audio_empty, audio_too_short
   */
  finish() {
    return this.use((stream) => stream.finish());
  }
}

/**
 * Gives the samples of the mono sound at the model's rate, as soon as they are final.
 *
 * @extends {CoreStream<RawInputStream>}
 */
export class CoreInputStream extends CoreStream {
  /** @returns {number} samples between windows at the model's rate */
  get hopLength() {
    return this.use((stream) => stream.hopLength);
  }
}

/**
 * @param {WebAssembly.Module} wasm
 * @returns {Promise<RawModule>}
 */
function instantiate(wasm) {
  return new Promise((resolve, reject) => {
    createModule({
      // Emscripten's promise stays pending if this fails, so the failure goes past it.
      instantiateWasm(imports, receiveInstance) {
        WebAssembly.instantiate(wasm, imports)
          .then((instance) => receiveInstance(instance, wasm))
          .catch(reject);
        return {};
      },
      // What it has to say comes in the error.
      print() {},
      printErr() {},
    }).then(resolve, reject);
  });
}

/** @param {RangeError} cause */
function reservationError(cause) {
  return new EdgeL3Error(
    'out_of_memory',
    `The memory for the WebAssembly module could not be reserved (${cause.message}). V8 reserves gigabytes of address space for each instance, though it uses few of them: raise 'ulimit -v' or whatever else limits it, or use fewer workers.`,
    cause,
  );
}

/** @param {unknown} cause a trap, an abort, or a typed array that could not be made */
function toTrapError(cause) {
  if (cause instanceof RangeError || /memory|OOM/i.test(String(cause))) {
    return new EdgeL3Error(
      'out_of_memory',
      'The memory did not suffice; use a smaller model or less audio.',
      cause,
    );
  }
  const message = `The WebAssembly module failed (${cause}); please report it with what led to it.`;
  return new EdgeL3Error('internal', message, cause);
}
