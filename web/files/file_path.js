import { fileURLToPath } from 'node:url';
import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';

/**
 * @param {string} name of the argument
 * @param {unknown} value a path, or a URL of file:
 * @returns {string} the path
 * @throws {EdgeL3Error} option_invalid
 */
export function toFilePath(name, value) {
  // By the tag, which a URL of another realm has as well.
  const isUrl = Object.prototype.toString.call(value) === '[object URL]';
  if (isUrl && /^file:/.test(String(value))) return fileURLToPath(String(value));
  if (typeof value === 'string' && value !== '' && !value.includes('\0')) return value;
  throw new EdgeL3Error('option_invalid', `${name} must be a path or a URL of file:${describe(value)}.`);
}
