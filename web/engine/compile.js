import { locateAsset, readSource } from '#platform';
import { orAborted } from '../common/abort.js';
import { describeBytes } from '../common/describe_bytes.js';
import { unavailableError } from '../common/errors.js';
import { hasTag, isUrl, readByteSource } from '../platform/byte_source.js';
import { hasRelaxedMadd, hasSimd } from './wasm_features.js';

/** @import { EdgeL3Error } from '../common/errors.js' */
/** @import { ByteSource, WasmSource } from '../platform/byte_source.js' */

/** @type {Promise<WebAssembly.Module> | undefined} shared by all models and all their workers */
let compiled;

/**
 * The WebAssembly module: that which is given, or the one that comes with this library, compiled at the first call.
 *
 * @param {WasmSource | undefined} source
 * @param {AbortSignal} [signal] of one caller; the compilation goes on for the others
 * @returns {Promise<WebAssembly.Module>}
 * @throws {EdgeL3Error} wasm_unavailable, option_invalid, aborted
 */
export function compileCore(source, signal) {
  if (source !== undefined) return orAborted(toModule(source), signal);
  compiled ??= compileOwn().catch((error) => {
    compiled = undefined;
    throw error;
  });
  return orAborted(compiled, signal);
}

/** @param {WasmSource} source */
async function toModule(source) {
  if (hasTag(source, 'WebAssembly.Module')) return /** @type {WebAssembly.Module} */ (source);
  const file = /** @type {ByteSource} */ (source);
  const name = isUrl(file) ? String(file) : "the option 'wasm'";
  return compile(name, readByteSource('wasm', file));
}

async function compileOwn() {
  if (!hasSimd()) throw unavailableError('needs WebAssembly with 128-bit SIMD: a newer browser or Node');
  const name = hasRelaxedMadd() ? 'edgel3-relaxed.wasm' : 'edgel3.wasm';
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
