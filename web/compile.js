import { locateAsset, readSource } from '#platform';
import { orAborted } from './abort.js';
import { EdgeL3Error, unavailableError } from './errors.js';
import { hasRelaxedMadd, hasSimd } from './wasm_features.js';

/** @type {Promise<WebAssembly.Module> | undefined} shared by all models and all their workers */
let compiled;

/**
 * The WebAssembly module, fetched and compiled at the first call.
 *
 * @param {AbortSignal} [signal] of one caller; the compilation goes on for the others
 * @returns {Promise<WebAssembly.Module>}
 * @throws {EdgeL3Error} wasm_unavailable, aborted
 */
export function compileCore(signal) {
  compiled ??= compile().catch((cause) => {
    compiled = undefined;
    throw cause instanceof EdgeL3Error ? cause : unavailableError(`could not be compiled (${cause})`, cause);
  });
  return orAborted(compiled, signal);
}

async function compile() {
  if (!hasSimd()) throw unavailableError('needs WebAssembly with 128-bit SIMD: a newer browser or Node');
  const name = hasRelaxedMadd() ? 'edgel3-relaxed.wasm' : 'edgel3.wasm';
  const url = locateAsset(name);
  const bytes = await readSource(url).catch((/** @type {Error} */ cause) => {
    throw unavailableError(`could not be loaded: ${cause.message}`, cause);
  });
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== '\0asm') {
    const start = JSON.stringify(new TextDecoder().decode(bytes.subarray(0, 32)));
    throw unavailableError(`is not what ${url} gave: ${bytes.length} bytes that begin with ${start}`);
  }
  return WebAssembly.compile(bytes);
}
