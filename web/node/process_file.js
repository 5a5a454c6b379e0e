import { getEmbedding } from '../embedding.js';
import { readAudioFile } from './audio_file.js';
import { writeFileWhole } from './files.js';
import { encodeNpz } from './npz.js';
import { getOutputPath } from './output_path.js';

/** @typedef {import('../embedding.js').EmbeddingOptions} EmbeddingOptions */

/**
 * @typedef {EmbeddingOptions & { outputDir?: string, suffix?: string }} FileOptions `outputDir`: an existing folder,
 *   default that of the file; `suffix`: goes between the file's name and '.npz'
 */

/**
 * Embeds a sound file and writes an `.npz` as upstream's `process_file` does: `embedding` (float32, T x D) and
 * `timestamps` (float64, T, seconds). The file appears whole or not at all, and replaces one of the same name.
 *
 * @param {string} filePath
 * @param {FileOptions} [options]
 * @returns {Promise<{ outputPath: string, shape: [number, number] }>} what was written; shape is [T, D]
 * @throws {EdgeL3Error} file_not_found, file_unreadable, file_unsupported, output_unwritable, and what getEmbedding
 *   throws
 */
export async function processFile(filePath, { outputDir, suffix = '', ...options } = {}) {
  const outputPath = getOutputPath(filePath, `${suffix}.npz`, outputDir);
  const { channels, sampleRate } = await readAudioFile(filePath);
  const { embedding, shape, timestamps } = await getEmbedding(channels, sampleRate, options);
  await writeFileWhole(
    outputPath,
    encodeNpz({
      embedding: { data: embedding, shape },
      timestamps: { data: timestamps, shape: [timestamps.length] },
    }),
  );
  return { outputPath, shape };
}
