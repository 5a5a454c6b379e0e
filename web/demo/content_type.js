import { extname } from 'node:path';

const TYPES = new Map([
  ['.css', 'text/css'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript'],
  ['.mjs', 'text/javascript'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.wasm', 'application/wasm'],
]);

/**
 * What a server says that a file is.
 *
 * @param {string} path
 * @returns {string}
 */
export function contentTypeOf(path) {
  return TYPES.get(extname(path)) ?? 'application/octet-stream';
}
