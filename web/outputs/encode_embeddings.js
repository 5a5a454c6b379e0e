import { EdgeL3Error } from '../common/errors.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { checkFormat, openWriter } from './formats.js';
import { MemoryOutput } from './memory_output.js';

/** @import { EmbeddingData } from '../common/embeddings.js' */
/** @import { OutputFormat } from './formats.js' */

/** Rows after which the event loop has its turn. */
const TURN_ROWS = 200;

/**
 * Puts embeddings into the bytes of a file: the same that `processFile` and the command line write for the same sound and
 * options, but for what these say about how they were made.
 *
 * @param {EmbeddingData} embeddings what getEmbedding gives
 * @param {OutputFormat} [format] 'npz' (default), 'npy', 'csv', 'json' or 'jsonl'
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 * @throws {EdgeL3Error} option_invalid for an unknown format, or numbers that do not fit the shape
 */
export async function encodeEmbeddings(embeddings, format = 'npz') {
  checkFormat(format);
  const { embedding, shape, timestamps } = /** @type {EmbeddingData} */ (Object(embeddings));
  if (!ArrayBuffer.isView(embedding) || !ArrayBuffer.isView(timestamps) || !Array.isArray(shape)) {
    throw new EdgeL3Error(
      'option_invalid',
      'The embeddings must be what getEmbedding gives: embedding, shape and timestamps.',
    );
  }
  const [count, dimension] = shape;
  if (embedding.length !== count * dimension || timestamps.length !== count) {
    throw new EdgeL3Error(
      'option_invalid',
      `The shape [${count}, ${dimension}] does not fit ${embedding.length} numbers and ${timestamps.length} timestamps.`,
    );
  }
  const output = new MemoryOutput();
  const writer = openWriter(format, output, { dimension, hopSize: count > 1 ? timestamps[1] : 0 });
  for (let row = 0; row < count; row++) {
    await writer.write(embedding.subarray(row * dimension, (row + 1) * dimension));
    // A page shall not stand still for the text of a long sound.
    if (row % TURN_ROWS === TURN_ROWS - 1) await yieldToEventLoop();
  }
  await writer.end();
  return output.bytes;
}
