import { extname } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING, FLAG, readOptions, TEXT } from '../common/options.js';
import { chooseModel, EMBEDDING_KINDS } from '../embedding/embedding.js';
import { compareFiles } from '../files/compare_files.js';
import { toFilePath } from '../files/file_path.js';
import { isThere } from '../files/is_there.js';
import { existingFile, OutputFile } from '../files/output_file.js';
import { getOutputPath } from '../files/output_path.js';
import { checkFormat, openWriter } from '../outputs/formats.js';
import { embedAudio } from './embed_audio.js';
import { inSeconds } from './in_seconds.js';
import { describeInput } from './input_facts.js';
import { openSoundFile } from './open_sound_file.js';
import { describeOther, provenanceOf, readProvenance } from './provenance.js';
import { PART_KINDS } from './sound_part.js';

/** @import { SoundOptions } from '../embedding/embedding.js' */
/** @import { OutputFormat } from '../outputs/formats.js' */
/** @import { DecodingOptions } from './open_sound_file.js' */
/** @import { PartOptions } from './sound_part.js' */

/**
 * What is written, and where.
 *
 * @typedef {object} OutputOptions
 * @property {string | URL} [outputDir] an existing folder; default: that of the file
 * @property {string} [suffix] goes between the file's name and its ending
 * @property {OutputFormat} [format] 'npz' (default): what numpy.load reads, with `embedding` (float32, T x D) and
 *   `timestamps` (float64, T, seconds); 'npy': `embedding` alone; 'csv': a line for each window; 'json': one object;
 *   'jsonl': an object for each window
 * @property {boolean} [keepExtension] whether the output of 'a.mp3' is 'a.mp3.npz' instead of 'a.npz', which is also that
 *   of 'a.wav'; default false
 * @property {boolean} [overwrite] whether the output takes the place of a file of its name; if not, that is an error.
 *   Default true
 */

/**
 * How a sound file is embedded, and what is written. `onProgress` is told bytes of the file.
 *
 * @typedef {SoundOptions & PartOptions & DecodingOptions & OutputOptions} FileOptions
 */

/**
 * What processFile has written.
 *
 * @typedef {object} WrittenFile
 * @property {string} outputPath where it is
 * @property {[number, number]} shape [T, D] of the embeddings in it
 */

/** `format` is checked by checkFormat, `outputDir` by toFilePath. */
const FILE_KINDS = {
  ...EMBEDDING_KINDS,
  ...PART_KINDS,
  outputDir: ANYTHING,
  suffix: TEXT,
  format: ANYTHING,
  keepExtension: FLAG,
  overwrite: FLAG,
  ffmpeg: FLAG,
};

/**
 * Whether the output that processFile would write is there already. Where it says how it was made, it must have been made of
 * the same sound (name, size, time) with the same options; where it does not, nobody can tell.
 *
 * @param {string | URL} filePath
 * @param {FileOptions} [options] as for processFile
 * @returns {Promise<'absent' | 'same' | 'unknown'>}
 * @throws {import('../common/errors.js').EdgeL3Error} output_unwritable if it was made of another sound or with other options;
 *   file_not_found, file_unreadable, option_invalid, and what loading the model throws
 */
export async function findOutput(filePath, options) {
  const { outputDir, suffix, format, keepExtension, overwrite, ffmpeg, ...embedding } = readOptions(
    options,
    FILE_KINDS,
  );
  const { path, outputPath } = findPaths(filePath, { outputDir, suffix, format, keepExtension });
  if (!(await isThere(outputPath))) return 'absent';
  const input = await describeInput(path);
  const there = await readProvenance(outputPath);
  if (!there) return 'unknown';
  const { hopSize = 0.1, center = true, from, to } = embedding;
  const here = { ...provenanceOf(await chooseModel(embedding), { hopSize, center, from, to }), input };
  const difference = describeOther(there, here);
  if (difference === '') return 'same';
  throw new EdgeL3Error(
    'output_unwritable',
    `${outputPath} is there already, and was not made as it would be now: ${difference}. ${remedyFor(there, input)}.`,
  );
}

/**
 * @param {import('./provenance.js').Provenance} there
 * @param {import('./input_facts.js').InputFacts} input
 */
function remedyFor({ input: before }, { name }) {
  const isOfOther = before !== undefined && before.name !== name && extname(before.name) !== extname(name);
  if (isOfOther) return 'keepExtension gives each sound an output of its own';
  return "'overwrite' makes it again, and another outputDir or 'suffix' keeps both";
}

/**
 * @param {string | URL} filePath
 * @param {OutputOptions} options
 * @returns {{ path: string, outputPath: string }}
 * @throws {EdgeL3Error} option_invalid
 */
function findPaths(filePath, { outputDir, suffix = '', format = 'npz', keepExtension }) {
  checkFormat(format);
  const path = toFilePath('filePath', filePath);
  const folder = outputDir ? toFilePath('outputDir', outputDir) : undefined;
  return { path, outputPath: getOutputPath(path, `${suffix}.${format}`, folder, { keepExtension }) };
}

/**
 * Embeds a sound file and writes an `.npz` as upstream's `process_file` does, or another format. The sound is read,
 * embedded and written in pieces, so a file may be of any length. The output appears whole or not at all. It never takes
 * the place of the sound file itself.
 *
 * @param {string | URL} filePath a path, or a URL of file:
 * @param {FileOptions} [options]
 * @returns {Promise<WrittenFile>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged,
 *   output_unwritable, and what getEmbedding throws
 */
export async function processFile(filePath, options) {
  const {
    outputDir,
    suffix,
    format = 'npz',
    keepExtension,
    overwrite = true,
    ffmpeg,
    ...embedding
  } = readOptions(options, FILE_KINDS);
  const { path, outputPath } = findPaths(filePath, { outputDir, suffix, format, keepExtension });
  const input = await describeInput(path);
  const there = await compareFiles(outputPath, path);
  if (there === 'same') {
    throw new EdgeL3Error(
      'output_unwritable',
      `The output of ${path} would be ${path} itself; give a suffix.`,
    );
  }
  if (there === 'other' && !overwrite) throw existingFile(outputPath);
  /** @type {OutputFile | undefined} */
  let output;
  try {
    const shape = await embedAudio(
      async (onRead) => inSeconds(await openSoundFile(path, { ffmpeg }, onRead)),
      async (rows) => {
        output = await OutputFile.create(outputPath, { replaces: overwrite });
        const metadata = () => ({ ...rows.metadata?.(), input });
        return openWriter(format, output, { ...rows, metadata });
      },
      embedding,
      input.bytes || undefined,
    );
    await output?.finish();
    return { outputPath, shape };
  } catch (error) {
    await output?.discard();
    throw error;
  }
}
