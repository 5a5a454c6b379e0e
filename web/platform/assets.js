import { EdgeL3Error } from '../common/errors.js';

/**
 * A file that comes with this library, beside the script in dist/ of which this module becomes a part.
 *
 * @typedef {'edgel3.wasm' | 'edgel3-relaxed.wasm' | 'edgel3-model.safetensors' | 'edgel3-worker.js'} Asset
 */

/** Where Vite 5 to 7 put the scripts of dependencies for their development server, away from the files beside them. */
const VITE_OPTIMIZER = '/.vite/deps/';

/**
 * Bundlers and tracers of files find the assets by these very forms, all of which have to be literal. They stand inside a
 * function since there are hosts where import.meta.url is no URL: there the rest of the library still works.
 *
 * @param {Asset} name
 * @returns {URL}
 * @throws {EdgeL3Error} file_not_found
 */
export function locateAsset(name) {
  const url = toUrl(name);
  if (String(url).includes(VITE_OPTIMIZER)) {
    throw new EdgeL3Error(
      'file_not_found',
      `Vite's optimizer took this library away from ${name}: put "optimizeDeps: { exclude: ['edgel3'] }" into vite.config.js.`,
    );
  }
  return url;
}

/**
 * @param {Asset} name
 * @returns {URL}
 */
function toUrl(name) {
  try {
    switch (name) {
      case 'edgel3.wasm':
        return new URL('./edgel3.wasm', import.meta.url);
      case 'edgel3-relaxed.wasm':
        return new URL('./edgel3-relaxed.wasm', import.meta.url);
      case 'edgel3-model.safetensors':
        return new URL('./edgel3-model.safetensors', import.meta.url);
      case 'edgel3-worker.js':
        return new URL('./edgel3-worker.js', import.meta.url);
    }
  } catch (cause) {
    throw new EdgeL3Error(
      'file_not_found',
      `Where ${name} is cannot be told, for this script has no URL (import.meta.url): bundle as an ES module, use edgel3/inline, or give the options 'wasm' and 'source'.`,
      cause,
    );
  }
}
