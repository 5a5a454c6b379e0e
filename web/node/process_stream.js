import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EdgeL3Error } from '../common/errors.js';
import { withoutInherited } from '../common/options.js';
import { OutputFile } from '../files/output_file.js';
import { checkFormat, isText, openTextWriter, openWriter } from '../outputs/formats.js';
import { embedAudio } from './embed_audio.js';

/** @import { EmbeddingOptions } from '../embedding/embedding.js' */
/** @import { Format } from '../outputs/formats.js' */

/**
 * The same as processFile for what comes from elsewhere, such as standard input. Text is written as the windows come,
 * `.npz` and `.npy` when the sound has ended.
 *
 * @param {AsyncIterable<Uint8Array>} input bytes of a sound file
 * @param {import('node:stream').Writable} output left open
 * @param {EmbeddingOptions & { format?: Format }} [options] `onProgress`: in bytes of the file
 * @returns {Promise<{ shape: [number, number] }>} what was written; shape is [T, D]
 * @throws {EdgeL3Error} file_unsupported, file_damaged, output_unwritable, and what getEmbedding throws
 */
export async function processStream(input, output, options) {
  const { format = 'npz', ...embedding } = withoutInherited(options);
  checkFormat(format);
  const append = (/** @type {Uint8Array} */ bytes) => write(output, bytes);
  if (isText(format)) {
    const shape = await embedAudio(
      input,
      async (rows) => openTextWriter(format, { append }, rows),
      embedding,
    );
    return { shape };
  }
  const file = await OutputFile.create(join(tmpdir(), `edgel3-${randomUUID()}`));
  try {
    const shape = await embedAudio(input, async (rows) => openWriter(format, file, rows), embedding);
    for await (const bytes of file.read(0, file.position)) await append(bytes);
    return { shape };
  } finally {
    await file.discard();
  }
}

/**
 * @param {import('node:stream').Writable} output
 * @param {Uint8Array} bytes
 * @returns {Promise<void>} when there is room for more
 */
function write(output, bytes) {
  return new Promise((resolve, reject) => {
    output.write(bytes, (cause) => {
      if (!cause) resolve();
      else reject(new EdgeL3Error('output_unwritable', `The output was closed: ${cause.message}.`, cause));
    });
  });
}
