import { textAt, viewOf } from '../common/bytes.js';
import { damagedFile, unsupportedFile } from './errors.js';
import { checkHeaderLength } from './header_length.js';

/** @import { ByteReader } from './byte_reader.js' */

/** What programs write for a size that they do not know: ffmpeg, arecord, LAME; sox, espeak; sox in AIFF. */
const PLACEHOLDERS = [2 ** 32, 2 ** 31, 0x7ffff000, 0x7f000000];

/** By how much they are off: some take away what stands in front of the samples, or a part of a frame, others add it. */
const PLACEHOLDER_TOLERANCE = 256;

/**
 * Whether a size is one of those that stand in a header which was never finished: the sound then goes on to the end.
 *
 * @param {number} size
 */
export function isPlaceholder(size) {
  return size === 0 || PLACEHOLDERS.some((value) => Math.abs(size - value) <= PLACEHOLDER_TOLERANCE);
}

/**
 * Reads the name and the size of the next chunk of a WAV or AIFF file.
 *
 * @param {ByteReader} reader
 * @param {{ kind: string, littleEndian: boolean, end: number }} file `end`: where in it the form ends, by its own size
 * @returns {Promise<{ id: string, size: number }>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function readChunkHeader(reader, { kind, littleEndian, end }) {
  checkHeaderLength(reader, kind);
  const header = await reader.read(8);
  if (header.length === 0 && reader.position >= end) throw unsupportedFile(kind, 'it has no sound in it');
  if (header.length < 8) throw damagedFile(kind, `it ends after ${reader.position} bytes, before its sound`);
  const id = textAt(header, 0, 4);
  if (!/^[ -~]{4}$/.test(id)) {
    throw damagedFile(kind, `there is no chunk where one must begin, after ${reader.position - 8} bytes`);
  }
  return { id, size: viewOf(header).getUint32(4, littleEndian) };
}
