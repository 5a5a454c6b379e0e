import { makeCrc } from './crc.js';
import { damagedFile, unsupportedFile } from './errors.js';

/** @import { ByteReader } from './byte_reader.js' */

/**
 * @typedef {object} OggPage
 * @property {Buffer} bytes all of it
 * @property {Buffer} body what follows its header
 * @property {number[]} segments lengths of the parts of the body; one of 255 goes on in the next
 * @property {bigint} position of the stream at the end of the page, in the codec's own counting; -1: no packet ends here
 * @property {boolean} isLast
 */

/**
 * @typedef {object} OggPacket
 * @property {Buffer} bytes
 * @property {bigint | undefined} position at the end of the page, for the last packet that ends in one
 * @property {boolean} isLast
 */

const MAGIC = 'OggS';

/** Bytes of a page's header before its table of segments (RFC 3533, section 6). */
const HEADER_BYTES = 27;

const LAST_PAGE = 4;

const crc32 = makeCrc(32, 0x04c11db7);

/**
 * The first packet of an Ogg file, which says what is in it.
 *
 * @param {ByteReader} reader at the first page, where it stays
 * @returns {Promise<string>} its first bytes, as Latin-1
 */
export async function peekOggCodec(reader) {
  const header = await reader.peek(HEADER_BYTES);
  const start = HEADER_BYTES + (header[26] ?? 0);
  return (await reader.peek(start + 8)).toString('latin1', start);
}

/**
 * @param {ByteReader} reader at the first page
 * @returns {AsyncGenerator<OggPage>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged, file_unsupported
 */
export async function* readOggPages(reader) {
  let serial;
  for (;;) {
    const header = Buffer.from(await reader.peek(HEADER_BYTES));
    if (header.length === 0) throw damagedFile('Ogg', 'its end is missing');
    if (header.length < HEADER_BYTES) throw damagedFile('Ogg', 'it ends inside a page');
    if (header.toString('latin1', 0, 4) !== MAGIC) {
      throw damagedFile('Ogg', `there is no page after ${reader.position} bytes`);
    }
    const bodyStart = HEADER_BYTES + header[26];
    const segments = [...(await reader.peek(bodyStart)).subarray(HEADER_BYTES)];
    const length = bodyStart + segments.reduce((sum, segment) => sum + segment, 0);
    const bytes = Buffer.from(await reader.read(length));
    if (bytes.length < length) throw damagedFile('Ogg', 'it ends inside a page');
    checkPage(bytes);
    serial ??= header.readUInt32LE(14);
    if (serial !== header.readUInt32LE(14)) throw severalStreams();
    const isLast = (header[5] & LAST_PAGE) !== 0;
    yield {
      bytes,
      body: bytes.subarray(bodyStart),
      segments,
      position: header.readBigInt64LE(6),
      isLast,
    };
    if (!isLast) continue;
    if ((await reader.peek(4)).toString('latin1') === MAGIC) throw severalStreams();
    return;
  }
}

/**
 * @param {ByteReader} reader at the first page
 * @returns {AsyncGenerator<OggPacket>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged, file_unsupported
 */
export async function* readOggPackets(reader) {
  /** @type {Buffer[]} */
  let parts = [];
  for await (const { body, segments, position, isLast } of readOggPages(reader)) {
    const lastEnd = segments.findLastIndex((length) => length < 255);
    let start = 0;
    for (const [index, length] of segments.entries()) {
      parts.push(body.subarray(start, start + length));
      start += length;
      if (length === 255) continue;
      const isAtEnd = index === lastEnd;
      const bytes = Buffer.concat(parts);
      yield { bytes, position: isAtEnd ? position : undefined, isLast: isAtEnd && isLast };
      parts = [];
    }
  }
}

function severalStreams() {
  return unsupportedFile('Ogg', 'it has more than one stream in it');
}

/** @param {Buffer} bytes a page, whose checksum was computed with zeros in its place */
function checkPage(bytes) {
  const checksum = bytes.readUInt32LE(22);
  const copy = Buffer.from(bytes).fill(0, 22, 26);
  if (crc32(copy) !== checksum) throw damagedFile('Ogg', 'a page has other bytes than were written');
}
