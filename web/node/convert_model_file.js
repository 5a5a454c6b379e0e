import { EdgeL3Error } from '../common/errors.js';
import { toFilePath } from '../files/file_path.js';
import { writeFileWhole } from '../files/output_file.js';
import { readFileBytes } from '../files/read_file.js';
import { isSameFile } from '../files/same_file.js';
import { convertModel } from '../weights/convert.js';

/** @import { ConversionOptions } from '../weights/convert.js' */

/**
 * convertModel for files. The output appears whole or not at all.
 *
 * @param {string | URL} inputPath
 * @param {string | URL} outputPath in a folder that exists; never the input itself
 * @param {ConversionOptions} [options]
 * @returns {Promise<number>} bytes of the output
 * @throws {EdgeL3Error} file_not_found, file_unreadable, output_unwritable, and what convertModel
 *   throws
 */
export async function convertModelFile(inputPath, outputPath, options) {
  const input = toFilePath('inputPath', inputPath);
  const output = toFilePath('outputPath', outputPath);
  if (await isSameFile(input, output)) {
    throw new EdgeL3Error(
      'output_unwritable',
      `${output} is the file to convert; give the output another name.`,
    );
  }
  const converted = await convertModel(await readFileBytes(input), options);
  await writeFileWhole(output, converted);
  return converted.length;
}
