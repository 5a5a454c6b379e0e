import { EdgeL3Error } from '../common/errors.js';
import { yieldToEventLoop } from '../common/event_loop.js';
import { checkFormat, openWriter } from './formats.js';
import { MemoryOutput } from './memory_output.js';

/** @import { EmbeddingData } from '../common/embeddings.js' */
/** @import { OutputFormat } from './formats.js' */

/** Numbers after which the event loop has its turn: as text they take some milliseconds. */
const TURN_NUMBERS = 8192;

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
  let turnAt = TURN_NUMBERS;
  for (let end = dimension; end <= embedding.length; end += dimension) {
    await writer.write(embedding.subarray(end - dimension, end));
    if (end < turnAt) continue;
    // A page shall not stand still for the text of a long sound.
    await yieldToEventLoop();
    turnAt = end + TURN_NUMBERS;
  }
  await writer.end();
  return output.bytes;
}
