import { locateAsset, readSource } from '#platform';
import { orAborted } from '../common/abort.js';
import { unavailableError } from '../common/errors.js';
import { readByteSource } from '../platform/byte_source.js';
import { hasRelaxedMadd, hasSimd } from './wasm_features.js';

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
  // The tag, unlike instanceof, also knows a module from another window or a test runner's context.
  if (Object.prototype.toString.call(source) === '[object WebAssembly.Module]') {
    return /** @type {WebAssembly.Module} */ (source);
  }
  const file = /** @type {ByteSource} */ (source);
  const name = typeof file === 'string' || file instanceof URL ? String(file) : "the option 'wasm'";
  return compile(name, readByteSource('wasm', file));
}

async function compileOwn() {
  if (!hasSimd()) throw unavailableError('needs WebAssembly with 128-bit SIMD: a newer browser or Node');
  const url = locateAsset(hasRelaxedMadd() ? 'edgel3-relaxed.wasm' : 'edgel3.wasm');
  return compile(String(url), readSource(url));
}

/**
 * @param {string} origin
 * @param {Promise<Uint8Array<ArrayBuffer>>} reading
 */
async function compile(origin, reading) {
  const bytes = await reading.catch((/** @type {import('../common/errors.js').EdgeL3Error} */ cause) => {
    throw cause.code === 'option_invalid'
      ? cause
      : unavailableError(`could not be loaded: ${cause.message} The option 'wasm' says where it is`, cause);
  });
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== '\0asm') {
    const start = JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 32)));
    throw unavailableError(
      `is not what ${origin} gave: ${bytes.length} bytes that begin with ${start}; the option 'wasm' says where it is`,
    );
  }
  return WebAssembly.compile(bytes).catch((cause) => {
    throw unavailableError(`could not be compiled (${cause})`, cause);
  });
}
