import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING, readOptions } from '../common/options.js';
import { openAudio } from '../decoders/open_audio.js';
import { EMBEDDING_KINDS } from '../embedding/embedding.js';
import { reasonOf } from '../files/file_errors.js';
import { OutputFile } from '../files/output_file.js';
import { fileDescriptorOf, writeWhole } from '../files/write_whole.js';
import { checkFormat, isText, openTextWriter, openWriter } from '../outputs/formats.js';
import { countBytes } from './count_bytes.js';
import { embedAudio } from './embed_audio.js';
import { PART_KINDS } from './sound_part.js';

/** @import { AudioStream } from '../decoders/open_audio.js' */
/** @import { SoundOptions } from '../embedding/embedding.js' */
/** @import { PartOptions } from './sound_part.js' */
/** @import { BinaryFormat, OutputFormat, RowsOptions } from '../outputs/formats.js' */

/**
 * What is written.
 *
 * @typedef {object} FormatOptions
 * @property {OutputFormat} [format] as for processFile; default 'npz'
 */

/**
 * What processStream has written.
 *
 * @typedef {object} WrittenStream
 * @property {[number, number]} shape [T, D] of the embeddings in it
 */

/** `format` is checked by checkFormat. */
const STREAM_KINDS = { ...EMBEDDING_KINDS, ...PART_KINDS, format: ANYTHING };

/**
 * The same as processFile for what comes from elsewhere, such as standard input. Text is written as the windows come,
 * `.npz` and `.npy` when the sound has ended.
 *
 * @param {AsyncIterable<Uint8Array>} input bytes of a sound file: a Readable of Node, or a ReadableStream
 * @param {import('node:stream').Writable} output left open
 * @param {SoundOptions & PartOptions & FormatOptions} [options] `onProgress` is told bytes of the file
 * @returns {Promise<WrittenStream>}
 * @throws {EdgeL3Error} file_unsupported, file_damaged, output_unwritable, and what getEmbedding throws
 */
export async function processStream(input, output, options) {
  const { format = 'npz', ...embedding } = readOptions(options, STREAM_KINDS);
  checkFormat(format);
  checkStreams(input, output);
  // What goes wrong is also what write() is told; without a listener it would end the process.
  const ignore = () => {};
  output.on('error', ignore);
  try {
    const append = (/** @type {Uint8Array} */ bytes) => write(output, bytes);
    if (!isText(format)) return { shape: await embedByFile(input, append, format, embedding) };
    const openText = async (/** @type {RowsOptions} */ rows) => openTextWriter(format, { append }, rows);
    return { shape: await embedAudio(opener(input), openText, embedding) };
  } finally {
    output.off('error', ignore);
  }
}

/**
 * By way of a file, since a binary format begins with how long it is.
 *
 * @param {AsyncIterable<Uint8Array>} input
 * @param {(bytes: Uint8Array) => Promise<void>} append
 * @param {BinaryFormat} format
 * @param {SoundOptions & PartOptions} options
 * @returns {Promise<[number, number]>} the shape
 */
async function embedByFile(input, append, format, options) {
  const folder = tmpdir();
  const name = `The folder for temporary files, ${folder},`;
  const file = await OutputFile.create(join(folder, 'edgel3'), { name });
  try {
    const shape = await embedAudio(opener(input), async (rows) => openWriter(format, file, rows), options);
    for await (const bytes of file.read(0, file.position)) await append(bytes.slice());
    return shape;
  } finally {
    await file.discard();
  }
}

/**
 * @param {string} name of the argument
 * @param {any} value
 * @throws {EdgeL3Error} option_invalid
 */
export function checkStream(name, value) {
  if (typeof value?.[Symbol.asyncIterator] === 'function') return;
  throw new EdgeL3Error('option_invalid', `${name} must be a stream of bytes${describe(value)}.`);
}

/**
 * @param {any} input
 * @param {any} output
 * @throws {EdgeL3Error} option_invalid
 */
function checkStreams(input, output) {
  checkStream('input', input);
  if (typeof output?.write !== 'function' || typeof output.on !== 'function') {
    throw new EdgeL3Error('option_invalid', `output must be a Writable of Node${describe(output)}.`);
  }
}

/**
 * @param {AsyncIterable<unknown>} input bytes of a sound file
 * @returns {(onRead: (bytes: number) => void) => Promise<AudioStream>} opens the sound
 */
function opener(input) {
  return (onRead) => openAudio(countBytes(checkChunks(input), onRead));
}

/**
 * @param {AsyncIterable<unknown>} input
 * @returns {AsyncGenerator<Uint8Array>}
 * @throws {EdgeL3Error} option_invalid, file_unreadable
 */
async function* checkChunks(input) {
  try {
    for await (const chunk of input) {
      if (!(ArrayBuffer.isView(chunk) && Object.prototype.toString.call(chunk) === '[object Uint8Array]')) {
        throw new EdgeL3Error(
          'option_invalid',
          `input must give bytes, each piece a Uint8Array${describe(chunk)}. Leave out setEncoding and objectMode.`,
        );
      }
      yield/** @type {Uint8Array} */ (chunk);
    }
  } catch (cause) {
    if (cause instanceof EdgeL3Error) throw cause;
    throw new EdgeL3Error('file_unreadable', `The input could not be read: ${reasonOf(cause)}.`, cause);
  }
}

/**
 * @param {import('node:stream').Writable} output
 * @param {Uint8Array} bytes
 * @returns {Promise<void>} when there is room for more
 */
async function write(output, bytes) {
  const descriptor = fileDescriptorOf(output);
  try {
    if (descriptor === undefined) await writeToStream(output, bytes);
    else writeWhole(descriptor, bytes);
  } catch (cause) {
    throw new EdgeL3Error('output_unwritable', `The output could not be written: ${reasonOf(cause)}.`, cause);
  }
}

/**
 * @param {import('node:stream').Writable} output
 * @param {Uint8Array} bytes
 * @returns {Promise<void>}
 */
function writeToStream(output, bytes) {
  return new Promise((resolve, reject) => {
    output.write(bytes, (cause) => (cause ? reject(cause) : resolve()));
  });
}
