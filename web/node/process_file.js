import { stat } from 'node:fs/promises';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING, FLAG, readOptions, TEXT } from '../common/options.js';
import { EMBEDDING_KINDS } from '../embedding/embedding.js';
import { unreadableFile } from '../files/file_errors.js';
import { toFilePath } from '../files/file_path.js';
import { isThere } from '../files/is_there.js';
import { existingFile, OutputFile } from '../files/output_file.js';
import { getOutputPath } from '../files/output_path.js';
import { isSameFile } from '../files/same_file.js';
import { checkFormat, openWriter } from '../outputs/formats.js';
import { embedAudio } from './embed_audio.js';
import { openSoundFile } from './open_sound_file.js';

/** @import { SoundOptions } from '../embedding/embedding.js' */
/** @import { OutputFormat } from '../outputs/formats.js' */
/** @import { DecodingOptions } from './open_sound_file.js' */

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
 * @typedef {SoundOptions & DecodingOptions & OutputOptions} FileOptions
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
  outputDir: ANYTHING,
  suffix: TEXT,
  format: ANYTHING,
  keepExtension: FLAG,
  overwrite: FLAG,
  ffmpeg: FLAG,
};

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
    suffix = '',
    format = 'npz',
    keepExtension = false,
    overwrite = true,
    ffmpeg,
    ...embedding
  } = readOptions(options, FILE_KINDS);
  checkFormat(format);
  const path = toFilePath('filePath', filePath);
  const folder = outputDir ? toFilePath('outputDir', outputDir) : undefined;
  const outputPath = getOutputPath(path, `${suffix}.${format}`, folder, { keepExtension });
  const { size } = await stat(path).catch((cause) => {
    throw unreadableFile(path, cause);
  });
  if (await isSameFile(path, outputPath)) {
    throw new EdgeL3Error(
      'output_unwritable',
      `The output of ${path} would be ${path} itself; give a suffix.`,
    );
  }
  if (!overwrite && (await isThere(outputPath))) throw existingFile(outputPath);
  /** @type {OutputFile | undefined} */
  let output;
  try {
    const shape = await embedAudio(
      (onRead) => openSoundFile(path, { ffmpeg }, onRead),
      async (rows) => {
        output = await OutputFile.create(outputPath, { replaces: overwrite });
        return openWriter(format, output, rows);
      },
      embedding,
      size || undefined,
    );
    await output?.finish();
    return { outputPath, shape };
  } catch (error) {
    await output?.discard();
    throw error;
  }
}
