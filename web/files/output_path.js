import { dirname, parse } from 'node:path';
import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { joinPath } from './join_path.js';

/**
 * Where the output for a file goes, by upstream's `get_output_path`: the file's name without its last extension, then
 * the suffix, behind an underscore unless the suffix begins with a dot.
 *
 * @param {string} filePath
 * @param {string} suffix such as 'embedding.npz' or '.npz'
 * @param {string} [outputDir] default: the folder of the file
 * @param {{ keepExtension?: boolean }} [options] whether the extension stays: 'a.mp3.npz', not 'a.npz'. Then files that
 *   differ in nothing else have outputs of their own
 * @returns {string}
 * @throws {EdgeL3Error} option_invalid
 */
export function getOutputPath(filePath, suffix, outputDir, { keepExtension = false } = {}) {
  for (const [name, value] of Object.entries({ filePath, suffix, outputDir: outputDir ?? '' })) {
    if (typeof value === 'string') continue;
    throw new EdgeL3Error('option_invalid', `${name} must be text${describe(value)}.`);
  }
  if (!suffix)
    throw new EdgeL3Error('option_invalid', "The suffix must not be empty; '.npz' adds nothing else.");
  const { base, name } = parse(filePath);
  const stem = keepExtension ? base : name;
  const file = suffix.startsWith('.') ? stem + suffix : `${stem}_${suffix}`;
  return joinPath(outputDir || dirname(filePath), file);
}
