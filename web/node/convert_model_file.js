import { writeFileWhole } from '../files/output_file.js';
import { readFileBytes } from '../files/read_file.js';
import { convertModel } from '../weights/convert.js';

/** @import { ConversionOptions } from '../weights/convert.js' */

/**
 * convertModel for files. The output appears whole or not at all.
 *
 * @param {string | URL} inputPath
 * @param {string} outputPath in a folder that exists
 * @param {ConversionOptions} [options]
 * @returns {Promise<number>} bytes of the output
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable, output_unwritable, and what convertModel
 *   throws
 */
export async function convertModelFile(inputPath, outputPath, options) {
  const converted = await convertModel(await readFileBytes(inputPath), options);
  await writeFileWhole(outputPath, converted);
  return converted.length;
}
