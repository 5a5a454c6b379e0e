import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** @import { RawModelInfo } from '../../web/edgel3-core.js' */

/**
 * The package's module, as far as the benchmark uses it; its models are valid, so that no call fails.
 *
 * @typedef {object} PackageModule
 * @property {(file: Uint8Array) => RawModel} loadModel
 */

/**
 * @typedef {object} RawModel
 * @property {() => RawModelInfo} info
 * @property {(signal: Float32Array, hopLength: number) => Float32Array} embed
 * @property {(window: Float32Array) => Float32Array} melSpectrogram
 * @property {(window: Float32Array) => { data: Float32Array }[]} activations
 * @property {() => void} delete
 */

/**
 * A network without a front end.
 *
 * @typedef {object} BareNetwork
 * @property {(mel: Float32Array) => Float32Array} run from a mel map in dB, mel-major, to the embedding
 * @property {() => void} delete
 */

/**
 * A kernel with a run of output channels to compute.
 *
 * @typedef {object} Kernel
 * @property {number} multiplyAdds in a call
 * @property {(calls: number) => void} run
 * @property {() => void} delete
 */

/**
 * What core/bindings.cc gives.
 *
 * @typedef {object} BenchmarkModule
 * @property {(file: Uint8Array) => BareNetwork} loadNetwork as the package runs it
 * @property {(file: Uint8Array) => BareNetwork} loadSpmmNetwork on XNNPACK's sparse microkernels
 * @property {() => string[]} sparseKernelNames
 * @property {(name: string, density: number) => Kernel} loadSparseKernel with so large a share of non-zeros
 * @property {() => string[]} denseKernelNames
 * @property {(name: string) => Kernel} loadDenseKernel
 * @property {(count: number) => void} loadAndMultiplyAdd the machine's limit: `count` multiply-adds
 */

const PACKAGE = new URL('../../dist/', import.meta.url);
const BENCHMARK = new URL(
  '../../build/wasm-relaxed/tests/benchmarks/core/edgel3_benchmarks.js',
  import.meta.url,
);

/**
 * The package's factory and the bytes of one of its two builds.
 *
 * @param {'baseline' | 'relaxed'} build
 * @param {string} [dist] the folder of another build's package
 */
export async function readPackage(build, dist) {
  const folder = dist === undefined ? PACKAGE : pathToFileURL(`${dist}/`);
  const { default: createModule } = await import(new URL('edgel3-core.js', folder).href);
  const name = build === 'relaxed' ? 'edgel3-relaxed.wasm' : 'edgel3.wasm';
  return { createModule, wasm: await readFile(new URL(name, folder)) };
}

/**
 * The model that a package contains.
 *
 * @param {string} [dist] the folder of another build's package
 */
export function readBuiltInModel(dist) {
  const folder = dist === undefined ? PACKAGE : pathToFileURL(`${dist}/`);
  return readFile(new URL('edgel3-model.safetensors', folder));
}

/** @returns {Promise<BenchmarkModule>} */
export async function openBenchmarkModule() {
  const { default: createModule } = await import(BENCHMARK.href);
  const wasm = await readFile(new URL(BENCHMARK.href.replace(/\.js$/, '.wasm')));
  return (await instantiate(createModule, wasm)).module;
}

/**
 * @param {'baseline' | 'relaxed'} build
 * @param {string} [dist] the folder of another build's package
 * @returns {Promise<{ module: PackageModule, memory: WebAssembly.Memory }>}
 */
export async function openPackage(build, dist) {
  const { createModule, wasm } = await readPackage(build, dist);
  return instantiate(createModule, wasm);
}

/**
 * @param {(options: object) => Promise<any>} createModule
 * @param {BufferSource} wasm
 * @returns {Promise<{ module: any, memory: WebAssembly.Memory }>}
 */
export async function instantiate(createModule, wasm) {
  const compiled = await WebAssembly.compile(wasm);
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  const module = await createModule({
    instantiateWasm(
      /** @type {WebAssembly.Imports} */ imports,
      /** @type {(instance: WebAssembly.Instance, module: WebAssembly.Module) => void} */ receiveInstance,
    ) {
      WebAssembly.instantiate(compiled, imports).then((instance) => {
        // Emscripten renames exports when it optimises.
        memory = Object.values(instance.exports).find((entry) => entry instanceof WebAssembly.Memory);
        receiveInstance(instance, compiled);
      });
      return {};
    },
    print: console.log,
    printErr: console.error,
  });
  return { module, memory: /** @type {WebAssembly.Memory} */ (memory) };
}
