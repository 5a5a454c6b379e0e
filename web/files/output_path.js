import { dirname, join, parse } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';

/**
 * Where the output for a file goes, by upstream's `get_output_path`: the file's name without its last extension, then
 * the suffix, behind an underscore unless the suffix begins with a dot.
 *
 * @param {string} filePath
 * @param {string} suffix such as 'embedding.npz' or '.npz'
 * @param {string} [outputDir] default: the folder of the file
 * @returns {string}
 * @throws {EdgeL3Error} option_invalid
 */
export function getOutputPath(filePath, suffix, outputDir) {
  if (!suffix)
    throw new EdgeL3Error('option_invalid', "The suffix must not be empty; '.npz' adds nothing else.");
  const { name } = parse(filePath);
  return join(outputDir || dirname(filePath), suffix.startsWith('.') ? name + suffix : `${name}_${suffix}`);
}
