import { readFile } from 'node:fs/promises';
import createModule from '../../dist/edgel3-core.js';
import { loadEmbeddingModel } from '../../dist/node.js';
import { hasRelaxedMadd } from '../../web/engine/wasm_features.js';
import { toSafetensors } from '../../web/weights/convert.js';

/** @import { RawModel, RawModule } from '../../web/edgel3-core.js' */
/** @import { Setting } from './golden_set.js' */
/** @typedef {{ shape: number[], data: Float32Array }} Planes [mel, time, channel] */

/** The build that the library picks here. tests/runner/build_by_name.js lets one choose it. */
export const BUILD = hasRelaxedMadd() ? 'relaxed' : 'baseline';

/** A model as the library opens it, and once more below the public API, which does not show the stages. */
export class StagedModel {
  #module;
  #raw;

  /**
   * @param {import('../../dist/node.js').EmbeddingModel} library
   * @param {RawModule} module
   * @param {RawModel} raw
   */
  constructor(library, module, raw) {
    this.library = library;
    this.#module = module;
    this.#raw = raw;
  }

  /**
   * @param {string} path
   * @param {import('../../web/weights/identity.js').Identity} [identity] what the file does not tell by itself
   */
  static async open(path, identity = {}) {
    const module = await instantiate();
    const raw = succeed(module.loadModel(await toSafetensors(await readFile(path), identity)));
    return new StagedModel(await loadEmbeddingModel({ source: path, ...identity }), module, raw);
  }

  close() {
    this.library.close();
    this.#raw.delete();
  }

  /**
   * The signal as the network gets it: mono, at its rate, padded.
   *
   * @param {{ channels: (Float32Array | Float64Array)[], sampleRate: number }} audio
   * @param {Pick<Setting, 'center' | 'hop_size'>} setting
   */
  prepareSignal({ channels, sampleRate }, { center, hop_size: hopSize }) {
    const signal = succeed(
      this.#module.createInputStream(sampleRate, this.library.sampleRate, channels.length, center, hopSize),
    );
    const start = succeed(signal.push(channels));
    const rest = succeed(signal.finish());
    signal.delete();
    const whole = new Float32Array(start.length + rest.length);
    whole.set(start);
    whole.set(rest, start.length);
    return whole;
  }

  /** @param {Float32Array} window */
  melSpectrogram(window) {
    return succeed(this.#raw.melSpectrogram(window));
  }

  /**
   * The spectrogram of a window as it is shown, in absolute dB, in the order of `melSpectrogram`.
   *
   * @param {Float32Array} window
   */
  melColumns(window) {
    const stream = succeed(this.#raw.createColumnStream(this.library.sampleRate, 1));
    const start = succeed(stream.push([window]));
    const columns = [...start, ...succeed(stream.finish())];
    stream.delete();
    const { melBands } = this.library;
    const frames = columns.length / melBands;
    return Float32Array.from(
      columns,
      (_, index) => columns[(index % frames) * melBands + Math.floor(index / frames)],
    );
  }

  /**
   * @param {Float32Array} window
   * @returns {Planes[]} of the four blocks, the last before the global pooling
   */
  blockOutputs(window) {
    const convolutions = succeed(this.#raw.activations(window));
    return [pool(convolutions[1]), pool(convolutions[3]), pool(convolutions[5]), convolutions[7]];
  }
}

/**
 * @param {Planes} planes
 * @param {number} kept how many channels, evenly spaced
 * @returns {Planes}
 */
export function keepChannels({ shape: [height, width, channels], data }, kept) {
  const step = channels / kept;
  return { shape: [height, width, kept], data: data.filter((_, index) => (index % channels) % step === 0) };
}

/**
 * The largest of each 2 x 2 elements; an odd last row or column is dropped.
 *
 * @param {Planes} planes
 * @returns {Planes}
 */
function pool({ shape: [height, width, channels], data }) {
  const shape = [height >> 1, width >> 1, channels];
  const pooled = new Float32Array(shape[0] * shape[1] * channels);
  for (let i = 0; i < pooled.length; i++) {
    const channel = i % channels;
    const x = Math.floor(i / channels) % shape[1];
    const y = Math.floor(i / channels / shape[1]);
    const above = (2 * y * width + 2 * x) * channels + channel;
    const below = above + width * channels;
    pooled[i] = Math.max(data[above], data[above + channels], data[below], data[below + channels]);
  }
  return { shape, data: pooled };
}

/** The module of the build that the library picks. */
export async function readModule() {
  const file = BUILD === 'relaxed' ? 'edgel3-relaxed.wasm' : 'edgel3.wasm';
  return new Uint8Array(await readFile(new URL(`../../dist/${file}`, import.meta.url)));
}

/** @returns {Promise<RawModule>} */
async function instantiate() {
  const wasm = await WebAssembly.compile(await readModule());
  return createModule({
    instantiateWasm(imports, receiveInstance) {
      WebAssembly.instantiate(wasm, imports).then((instance) => receiveInstance(instance, wasm));
      return {};
    },
    print: console.log,
    printErr: console.error,
  });
}

/**
 * @template T
 * @param {T} result
 * @returns {Exclude<T, import('../../web/edgel3-core.js').RawFailure>}
 */
function succeed(result) {
  const failure = /** @type {{ code?: string, message?: string }} */ (result);
  if (failure.code) throw new Error(`${failure.code}: ${failure.message}`);
  return /** @type {any} */ (result);
}
