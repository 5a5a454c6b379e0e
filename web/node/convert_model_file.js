import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { withoutInherited } from '../common/options.js';
import { compareFiles } from '../files/compare_files.js';
import { toFilePath } from '../files/file_path.js';
import { existingFile, writeFileWhole } from '../files/output_file.js';
import { readFileBytes } from '../files/read_file.js';
import { convertModel } from '../weights/convert.js';

/** @import { ConversionOptions } from '../weights/convert.js' */

/**
 * What becomes of a file that is in the way.
 *
 * @typedef {object} OverwriteOption
 * @property {boolean} [overwrite] whether the output takes the place of a file of its name; if not, that is an error.
 *   Default true
 */

/** @typedef {ConversionOptions & OverwriteOption} FileConversionOptions How a model file is converted. */

/**
 * convertModel for files. The output appears whole or not at all.
 *
 * @param {string | URL} inputPath
 * @param {string | URL} outputPath in a folder that exists; never the input itself
 * @param {FileConversionOptions} [options]
 * @returns {Promise<number>} bytes of the output
 * @throws {EdgeL3Error} file_not_found, file_unreadable, output_unwritable, and what convertModel
 *   throws
 */
export async function convertModelFile(inputPath, outputPath, options) {
  const input = toFilePath('inputPath', inputPath);
  const output = toFilePath('outputPath', outputPath);
  const there = await compareFiles(output, input);
  if (there === 'same') {
    throw new EdgeL3Error(
      'output_unwritable',
      `${output} is the file to convert; give the output another name.`,
    );
  }
  const { overwrite = true, ...conversion } = withoutInherited(options);
  if (typeof overwrite !== 'boolean') {
    throw new EdgeL3Error('option_invalid', `overwrite must be true or false${describe(overwrite)}.`);
  }
  if (there === 'other' && !overwrite) throw existingFile(output);
  const converted = await convertModel(await readFileBytes(input), { fileName: input, ...conversion });
  await writeFileWhole(output, converted, { replaces: overwrite });
  return converted.length;
}
