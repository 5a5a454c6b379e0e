import { locateAsset, readSource } from '#platform';
import { orAborted } from '../common/abort.js';
import { describeBytes } from '../common/describe_bytes.js';
import { unavailableError } from '../common/errors.js';
import { hasTag, isUrl, readByteSource } from '../platform/byte_source.js';
import { hasRelaxedMadd, hasSimd } from './wasm_features.js';

/** @import { EdgeL3Error } from '../common/errors.js' */
/** @import { ByteSource, WasmSource } from '../platform/byte_source.js' */

/** @typedef {'auto' | 'baseline'} BuildChoice 'auto': relaxed SIMD where the engine has it; 'baseline': the build whose numbers are
 *    the same everywhere */

/** @type {Map<string, Promise<WebAssembly.Module>>} by the file, shared by all models and all their workers */
const compiled = new Map();

/**
 * The WebAssembly module: that which is given, or the one that comes with this library, compiled at the first call.
 *
 * @param {WasmSource | undefined} source
 * @param {BuildChoice} build of the module that comes with this library
 * @param {AbortSignal} [signal] of one caller; the compilation goes on for the others
 * @returns {Promise<WebAssembly.Module>}
 * @throws {EdgeL3Error} wasm_unavailable, option_invalid, aborted
 */
export function compileCore(source, build, signal) {
  if (source !== undefined) return orAborted(toModule(source), signal);
  const name = build === 'auto' && hasRelaxedMadd() ? 'edgel3-relaxed.wasm' : 'edgel3.wasm';
  let compiling = compiled.get(name);
  if (!compiling) {
    compiling = compileOwn(name).catch((error) => {
      compiled.delete(name);
      throw error;
    });
    compiled.set(name, compiling);
  }
  return orAborted(compiling, signal);
}

/** @param {WasmSource} source */
async function toModule(source) {
  if (hasTag(source, 'WebAssembly.Module')) return /** @type {WebAssembly.Module} */ (source);
  const file = /** @type {ByteSource} */ (source);
  const name = isUrl(file) ? String(file) : "the option 'wasm'";
  return compile(name, readByteSource('wasm', file));
}

/** @param {'edgel3.wasm' | 'edgel3-relaxed.wasm'} name */
async function compileOwn(name) {
  if (!hasSimd()) throw unavailableError('needs WebAssembly with 128-bit SIMD: a newer browser or Node');
  let url;
  try {
    url = locateAsset(name);
  } catch (cause) {
    throw loadError(/** @type {EdgeL3Error} */ (cause));
  }
  return compile(String(url), readSource(url));
}

/**
 * @param {string} origin
 * @param {Promise<Uint8Array<ArrayBuffer>>} reading
 */
async function compile(origin, reading) {
  const bytes = await reading.catch((cause) => {
    throw loadError(cause);
  });
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== '\0asm') {
    throw unavailableError(
      `is not what ${origin} gave: ${describeBytes(bytes)}; the option 'wasm' says where it is`,
    );
  }
  return WebAssembly.compile(bytes).catch((cause) => {
    throw unavailableError(`could not be compiled (${cause})`, cause);
  });
}

/** @param {EdgeL3Error} cause why its bytes did not come */
function loadError(cause) {
  if (cause.code === 'option_invalid') return cause;
  return unavailableError(`could not be loaded: ${cause.message} The option 'wasm' says where it is`, cause);
}
