import { stat } from 'node:fs/promises';
import { withoutInherited } from '../common/options.js';
import { unreadableFile } from '../files/file_errors.js';
import { OutputFile } from '../files/output_file.js';
import { getOutputPath } from '../files/output_path.js';
import { readFileChunks } from '../files/read_file.js';
import { checkFormat, openWriter } from '../outputs/formats.js';
import { embedAudio } from './embed_audio.js';

/** @import { EmbeddingOptions } from '../embedding/embedding.js' */
/** @import { Format } from '../outputs/formats.js' */

/**
 * @typedef {object} OutputOptions
 * @property {string} [outputDir] an existing folder; default: that of the file
 * @property {string} [suffix] goes between the file's name and its ending
 * @property {Format} [format] 'npz' (default): what numpy.load reads, with `embedding` (float32, T x D) and
 *   `timestamps` (float64, T, seconds); 'npy': `embedding` alone; 'csv': a line for each window; 'json': one object;
 *   'jsonl': an object for each window
 */

/** @typedef {EmbeddingOptions & OutputOptions} FileOptions `onProgress`: in bytes of the file */

/**
 * Embeds a sound file and writes an `.npz` as upstream's `process_file` does, or another format. The sound is read,
 * embedded and written in pieces, so a file may be of any length. The output appears whole or not at all, and replaces
 * one of the same name.
 *
 * @param {string} filePath
 * @param {FileOptions} [options]
 * @returns {Promise<{ outputPath: string, shape: [number, number] }>} what was written; shape is [T, D]
 * @throws {import('../common/errors.js').EdgeL3Error} file_not_found, file_unreadable, file_unsupported, file_damaged,
 *   output_unwritable, and what getEmbedding throws
 */
export async function processFile(filePath, options) {
  const { outputDir, suffix = '', format = 'npz', ...embedding } = withoutInherited(options);
  checkFormat(format);
  const outputPath = getOutputPath(filePath, `${suffix}.${format}`, outputDir);
  const { size } = await stat(filePath).catch((cause) => {
    throw unreadableFile(filePath, cause);
  });
  /** @type {OutputFile | undefined} */
  let output;
  try {
    const shape = await embedAudio(
      readFileChunks(filePath),
      async (rows) => {
        output = await OutputFile.create(outputPath);
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
