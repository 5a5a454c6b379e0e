import { locateAsset, readPublished, readSource } from '#platform';
import { toSafetensors } from './convert.js';
import { Core } from './core.js';
import { EdgeL3Error, throwIfAborted } from './errors.js';
import { nameOfPublished } from './published.js';
import { readMetadata } from './safetensors.js';

/** @typedef {import('./core.js').CoreModel} CoreModel */
/** @typedef {import('./core.js').CoreSignal} CoreSignal */
/** @typedef {import('./fetch_bytes.js').TransferOptions} TransferOptions */
/** @typedef {import('./published.js').Selection} Selection */

/** @typedef {string | URL | Uint8Array | ArrayBuffer | Blob} ModelSource in Node a string is a path or a URL */

/**
 * @typedef {Selection & TransferOptions & { source?: ModelSource }} ModelOptions `source`: a Keras file of EdgeL3
 *   (`.h5`, `.h5.gz`) or what `convertModel` made of one
 */

/**
 * Loads a network: the built-in one (SEA, 64 dimensions, 90 % zeros), one of your own by `source`, or one of the
 * published ones by what it is (Node only, from the folder `models` of the cache).
 *
 * @param {ModelOptions} [options]
 * @returns {Promise<EmbeddingModel>} to be closed after use
 * @throws {EdgeL3Error} option_invalid, model_not_found, model_invalid, model_unsupported, file_not_found,
 *   file_unreadable, wasm_unavailable, out_of_memory, aborted
 */
export async function loadEmbeddingModel(options = {}) {
  const { source, onProgress, signal, ...selection } = options;
  throwIfAborted(signal);
  const { bytes, name } = await readModel(source, selection, { onProgress, signal });
  throwIfAborted(signal);
  const file = await toSafetensors(bytes);
  throwIfAborted(signal);
  const core = await Core.create();
  return new EmbeddingModel(core, core.loadModel(file), readMetadata(file).name ?? name);
}

/** A loaded network. It holds memory outside JavaScript's heap until it is closed. */
export class EmbeddingModel {
  #core;
  #model;
  #info;

  /**
   * @internal
   * @param {Core} core
   * @param {CoreModel} model
   * @param {string} name
   */
  constructor(core, model, name) {
    this.#core = core;
    this.#model = model;
    this.#info = { ...model.info(), name };
  }

  /** What the model file calls itself, or else the name of the file. */
  get name() {
    return this.#info.name;
  }

  /** 'sea' (8 kHz) or 'sparse' (48 kHz). */
  get modelType() {
    return this.#info.architecture;
  }

  /** Numbers in one embedding: 64, 128, 256 or 512. */
  get embeddingDimension() {
    return this.#info.embeddingDimension;
  }

  /** Rate in Hz at which the network hears; audio of any other rate is resampled. */
  get sampleRate() {
    return this.#info.sampleRate;
  }

  /** Percent of the convolution weights that are zero, counted. */
  get sparsity() {
    const { layers } = this.#info;
    const weights = layers.reduce((sum, layer) => sum + layer.weights, 0);
    const nonZeros = layers.reduce((sum, layer) => sum + layer.nonZeros, 0);
    return 100 * (1 - nonZeros / weights);
  }

  /** Frees the memory. Using the model afterwards throws `closed`; closing it twice does nothing. */
  close() {
    this.#model.close();
  }

  /** For `using`. Where the engine has no Symbol.dispose, nobody can call this. */
  [Symbol.dispose]() {
    this.close();
  }

  /**
   * @internal
   * @param {Omit<Parameters<Core['createSignal']>[0], 'targetRate'>} options
   * @returns {CoreSignal} to be closed after use
   */
  createSignal(options) {
    return this.#core.createSignal({ ...options, targetRate: this.sampleRate });
  }

  /**
   * @internal
   * @param {Float32Array} window one second, mono, at the model's rate
   * @returns {Float32Array}
   */
  embedWindow(window) {
    return this.#model.embed(window, window.length);
  }
}

/**
 * @param {ModelSource | undefined} source
 * @param {Selection} selection
 * @param {TransferOptions} transfer
 * @returns {Promise<{ bytes: Uint8Array, name: string }>}
 */
async function readModel(source, selection, transfer) {
  const isSelected = Object.values(selection).some((value) => value !== undefined);
  if (source !== undefined) {
    if (isSelected) {
      throw new EdgeL3Error(
        'option_invalid',
        `Give either source or ${Object.keys(selection).join(', ')}, not both.`,
      );
    }
    return { bytes: await readBytes(source, transfer), name: nameOfSource(source) };
  }
  if (isSelected) {
    const name = nameOfPublished(selection);
    return { bytes: await readPublished(name), name };
  }
  return { bytes: await readSource(locateAsset('edgel3-model.safetensors'), transfer), name: 'built in' };
}

/**
 * @param {ModelSource} source
 * @param {TransferOptions} transfer
 * @returns {Promise<Uint8Array>}
 */
async function readBytes(source, transfer) {
  if (typeof source === 'string' || source instanceof URL) return readSource(source, transfer);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  throw new EdgeL3Error(
    'option_invalid',
    'source must be a path or URL, a Uint8Array, an ArrayBuffer, a Blob or a File.',
  );
}

/** @param {ModelSource} source */
function nameOfSource(source) {
  const path =
    source instanceof File
      ? source.name
      : typeof source === 'string' || source instanceof URL
        ? String(source)
        : '';
  const file = path.split(/[?#]/)[0].split(/[\\/]/).at(-1) || 'unnamed';
  return file.replace(/\.(safetensors|h5|h5\.gz)$/, '');
}
