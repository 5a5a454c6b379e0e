/// <reference lib="esnext.disposable" preserve="true" />

import { countProcessors } from '#platform';
import { orAborted, throwIfAborted } from '../common/abort.js';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING, CALLBACK, readOptions, SIGNAL } from '../common/options.js';
import { compileCore } from '../engine/compile.js';
import { Pool } from '../engine/pool.js';
import { measureProfile } from '../engine/profile.js';
import { SELECTION_KINDS } from '../published/names.js';
import { toSampleRate } from './audio.js';
import { createColumnStream } from './mel_columns.js';
import { readModel } from './model_source.js';
import { Pipeline } from './pipeline.js';
import { sha256Of } from './sha256.js';
import { createStream } from './stream.js';
import { printWarning, WARNING_KINDS, workersWarning } from './warnings.js';
import { computeWindows, readAudio, WHOLE_KINDS } from './whole_sound.js';
import { checkWindowOptions } from './window_options.js';

/** @import { InputOptions, ModelInfo, WindowMethod } from '../engine/engine.js' */
/** @import { RowsListener } from './pipeline.js' */
/** @import { ModelIdentity } from '../common/model_identity.js' */
/** @import { AudioInput } from '../common/samples.js' */
/** @import { WasmSource } from '../platform/byte_source.js' */
/** @import { TransferOptions } from '../common/transfer.js' */
/** @import { MelColumns } from './mel_columns.js' */
/** @import { RateOptions } from './sound_stream.js' */
/** @import { ModelSource } from './model_source.js' */
/** @import { Profile } from '../engine/profile.js' */
/** @import { Selection } from '../published/names.js' */
/** @import { TimedEmbedding } from '../common/embeddings.js' */
/** @import { StreamOptions } from './stream.js' */
/** @import { WarningOptions } from './warnings.js' */
/** @import { WholeOptions } from './whole_sound.js' */
/** @import { WindowOptions } from './window_options.js' */

/**
 * Which model file is loaded, and how it is run.
 *
 * @typedef {object} LoadingOptions
 * @property {ModelSource} [source] a Keras file of EdgeL3, OpenL3 or L3 (`.h5`, `.h5.gz`) or what `convertModel` made of
 *   one. Of the options that select a published network, `modelType`, `contentType`, `inputRepr`, `embDim` and
 *   `frontEnd` say what the file is, where it does not tell by itself
 * @property {WasmSource} [wasm] the WebAssembly module, where the one beside this library cannot be fetched: a URL (in
 *   Node also a path) or the bytes of `edgel3.wasm` or `edgel3-relaxed.wasm`, or what was compiled of them
 * @property {'auto' | 'baseline'} [build] of the module that comes with this library. 'auto' (default): the faster one, where the
 *   engine has relaxed SIMD; 'baseline': the one whose numbers are the same on every machine
 * @property {number | 'auto'} [workers] how many workers share the work, at most 64; they start as there is work for
 *   them. 0: none, all work is done in place. Default 'auto': as many as there are processors, at most 8; where none can
 *   be started, all work is done in place, with a warning
 */

/** @typedef {Selection & TransferOptions & WarningOptions & LoadingOptions} ModelOptions Which network is loaded, and how it is run. */

/**
 * What a network gets of the windows of a sound.
 *
 * @typedef {object} MelSpectrogramResult
 * @property {Float32Array} melSpectrogram T x mel bands x frames, from the lowest band up, in dB: 0 is the loudest
 *   element of its window, -80 the floor
 * @property {[number, number, number]} shape [T, mel bands, frames]: 64 x 50 for SEA, 256 x 199 for a sparse network
 */

const MAX_WORKERS = 64;

/** More bring little: one feeds them all. */
const MAX_AUTO_WORKERS = 8;

/** `source` and `wasm` are checked where they are read. @type {Record<keyof ModelOptions, import('../common/options.js').Kind>} */
const MODEL_KINDS = {
  ...SELECTION_KINDS,
  ...WARNING_KINDS,
  source: ANYTHING,
  wasm: ANYTHING,
  build: {
    expected: "'auto' or 'baseline'",
    isValid: (value) => value === 'auto' || value === 'baseline',
  },
  workers: {
    expected: `'auto' or a whole number from 0 to ${MAX_WORKERS}`,
    isValid: (value) => value === 'auto' || (Number.isInteger(value) && value >= 0 && value <= MAX_WORKERS),
  },
  onProgress: CALLBACK,
  signal: SIGNAL,
};

/**
 * Loads a network: the built-in one (SEA, 64 dimensions, 69.5 % zeros), one of your own by `source`, or one of the
 * published ones by what it is (Node only, from the folder `models` of the cache).
 *
 * @param {ModelOptions} [options]
 * @returns {Promise<EmbeddingModel>} to be closed after use
 * @throws {EdgeL3Error} option_invalid, model_not_found, model_invalid, model_unsupported, file_not_found,
 *   file_unreadable, wasm_unavailable, worker_failed, out_of_memory, aborted
 */
export async function loadEmbeddingModel(options) {
  const {
    source,
    wasm,
    build,
    workers = 'auto',
    onProgress,
    signal,
    onWarning = printWarning,
    ...selection
  } = readOptions(options, MODEL_KINDS);
  if (wasm !== undefined && build !== undefined) {
    throw new EdgeL3Error(
      'option_invalid',
      "Give 'wasm' or 'build', not both: a module that is given is a build.",
    );
  }
  throwIfAborted(signal);
  const workerCount = await countWorkers(workers);
  const reading = readModel(source, selection, { onProgress, signal });
  const { bytes, name, hints } = await orAborted(reading, signal);
  onProgress?.({ stage: 'load', done: bytes.length, total: bytes.length });
  const hashing = sha256Of(bytes);
  const onFallBack =
    workers === 'auto' ? (/** @type {EdgeL3Error} */ error) => onWarning(workersWarning(error)) : undefined;
  const pool = new Pool(
    await compileCore(wasm, build ?? 'auto', signal),
    { bytes, hints },
    workerCount,
    onFallBack,
  );
  const info = await pool.load(signal);
  return new EmbeddingModel(pool, { ...info, name: info.name ?? name }, await hashing);
}

/**
 * A loaded network. It has workers, and memory outside JavaScript's heap, until it is closed; in Node they do not keep
 * the process from ending.
 */
export class EmbeddingModel {
  #pool;
  #info;
  #sha256;

  /**
   * @internal
   * @param {Pool} pool
   * @param {ModelInfo & { name: string }} info
   * @param {string} sha256 of the model file, in hexadecimal digits
   */
  constructor(pool, info, sha256) {
    this.#pool = pool;
    this.#info = info;
    this.#sha256 = sha256;
  }

  /** What it is, also for libraries that wrap a page's objects, such as Vue: of what has a name they keep off. */
  get [Symbol.toStringTag]() {
    return 'EmbeddingModel';
  }

  /** What the model file calls itself, or else the name of the file. */
  get name() {
    return this.#info.name;
  }

  /** @returns {ModelIdentity} which network this is, however it is named */
  get identity() {
    return { name: this.name, sha256: this.#sha256 };
  }

  /** 'sea' and 'sparse' (EdgeL3), 'openl3', 'l3' (the original); 'own' for a network that nobody has published. */
  get modelType() {
    return this.#info.identity.modelType ?? 'own';
  }

  /** What an OpenL3 network was trained on: 'music' or 'env', if that is known. */
  get contentType() {
    return this.#info.identity.contentType;
  }

  /** What an OpenL3 or L3 network hears: 'linear', 'mel128' or 'mel256'. */
  get inputRepr() {
    return this.#info.identity.inputRepr;
  }

  /** Which openl3 computes the spectrogram of an OpenL3 network as this does: '0.3' up to 0.3.1, '0.4' from then on. */
  get frontEnd() {
    return this.#info.identity.frontEnd;
  }

  /** Numbers in one embedding. */
  get embeddingDimension() {
    return this.#info.embeddingDimension;
  }

  /** Rate in Hz at which the network hears; audio of any other rate is resampled. */
  get sampleRate() {
    return this.#info.sampleRate;
  }

  /** Bands of the spectrogram that the network gets. */
  get melBands() {
    return this.#info.melBands;
  }

  /** Seconds from one column of that spectrogram to the next: 0.02 for SEA, about 0.005 for the others. */
  get melHopSize() {
    return this.#info.melHop / this.#info.sampleRate;
  }

  /** Percent of the convolution weights that are zero, counted. */
  get sparsity() {
    const { layers } = this.#info;
    const weights = layers.reduce((sum, layer) => sum + layer.weights, 0);
    const nonZeros = layers.reduce((sum, layer) => sum + layer.nonZeros, 0);
    return 100 * (1 - nonZeros / weights);
  }

  /**
   * Which build of the module computes: 'relaxed' (fused multiply-add; faster) or 'baseline', whose numbers are the same in
   * every browser, in Node, and natively.
   */
  get build() {
    return this.#info.build;
  }

  /** How many workers share the work, once there is enough of it; 0: all is done in place. */
  get workers() {
    return this.#pool.workers;
  }

  /**
   * Embeds a sound as it comes.
   *
   * @param {StreamOptions} options
   * @returns {TransformStream<AudioInput, TimedEmbedding>} takes pieces of the sound of any length, all with the same
   *   channels, and gives an embedding for each window as soon as it is complete: bit for bit what getEmbedding gives
   *   for the whole, however it is cut. It takes no more while nobody reads, holds about a window of samples, and ends
   *   with getEmbedding's errors
   * @throws {EdgeL3Error} sample_rate_invalid, hop_invalid, option_invalid, closed
   */
  stream(options) {
    this.#pool.check();
    return createStream(this, options);
  }

  /**
   * What the network sees of a sound, for display.
   *
   * @param {AudioInput} audio as for getEmbedding
   * @param {number} [sampleRate] Hz; may be left out for an AudioBuffer
   * @param {WindowOptions & WholeOptions} [options] `hopSize`: default 1; `center`: default false
   * @returns {Promise<MelSpectrogramResult>}
   * @throws {EdgeL3Error} as getEmbedding
   */
  async melSpectrogram(audio, sampleRate, options) {
    const own = readOptions(options, WHOLE_KINDS);
    const { hopSize = 1, center = false } = own;
    const channels = readAudio(audio, own);
    checkWindowOptions({ hopSize, center });
    const framing = { inputRate: toSampleRate(audio, sampleRate), hopSize, center };
    const melSpectrogram = await computeWindows(this, 'melSpectrogram', channels, framing, own);
    const { melBands, melFrames } = this.#info;
    return { melSpectrogram, shape: [melSpectrogram.length / (melBands * melFrames), melBands, melFrames] };
  }

  /**
   * The spectrogram of a sound as it comes, for display: its loudness does not depend on what else is in the second, as
   * that of `melSpectrogram` does. Of the first second of a sound these are the columns from which the network's input is
   * made, and the rest follow at the same distances. A sound shorter than a second is followed by silence.
   *
   * @param {RateOptions} options
   * @returns {TransformStream<AudioInput, MelColumns>} takes pieces of the sound, of any length, all with the same
   *   channels, and gives the columns that are complete: the same numbers however it is cut. It takes no more while nobody
   *   reads, except that of one piece all columns are computed, and ends with getEmbedding's errors
   * @throws {EdgeL3Error} sample_rate_invalid, option_invalid, closed
   */
  melColumns(options) {
    this.#pool.check();
    return createColumnStream(this, this.#pool, this.#info, options);
  }

  /**
   * Where the time goes.
   *
   * @returns {Promise<Profile>}
   * @throws {EdgeL3Error} closed, worker_failed, out_of_memory
   */
  profile() {
    return measureProfile(this.#pool, this.#info);
  }

  /**
   * Ends the workers and frees the memory. Calls at work are rejected with `closed`, as is every later use; closing
   * twice does nothing.
   */
  close() {
    this.#pool.close();
  }

  /** For `using`. Where the engine has no Symbol.dispose, nobody can call this. */
  [Symbol.dispose]() {
    this.close();
  }

  /**
   * Fires at close().
   *
   * @internal
   */
  get closing() {
    return this.#pool.closing;
  }

  /**
   * @internal
   * @param {WindowMethod} method
   * @param {InputOptions} inputOptions
   * @param {RowsListener} onRows
   * @returns {Pipeline} to be closed after use
   */
  openPipeline(method, inputOptions, onRows) {
    const options = { method, windowLength: this.sampleRate, inputOptions };
    return new Pipeline(this.#pool, options, onRows);
  }
}

/**
 * @param {number | 'auto'} workers
 * @returns {Promise<number>}
 */
async function countWorkers(workers) {
  if (workers === 'auto') return Math.min(await countProcessors(), MAX_AUTO_WORKERS);
  return workers;
}
