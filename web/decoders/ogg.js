import { joinBytes, textAt, viewOf } from '../common/bytes.js';
import { makeCrc } from './crc.js';
import { CONVERT, damagedFile, unsupportedFile } from './errors.js';

/** @import { ByteReader } from './byte_reader.js' */

/**
 * What ends in a page of an Ogg file. Pages in which nothing ends are not given, but their parts of packets are kept.
 *
 * @typedef {object} OggPage
 * @property {Uint8Array[]} packets at least one
 * @property {number} position of the stream at the end of the page, in the codec's own counting
 * @property {boolean} isLast whether the stream says that it ends here. Where it only breaks off, the position means nothing
 *   more than elsewhere
 * @property {boolean} isFinal whether nothing follows, whatever the stream says
 */

const MAGIC = 'OggS';

/** Bytes of a page's header before its table of segments (RFC 3533, section 6). */
const HEADER_BYTES = 27;

/** The longest page: its header, 255 segments and 255 bytes in each. */
const MAX_PAGE_BYTES = HEADER_BYTES + 255 + 255 * 255;

/** Flags of a page. */
const CONTINUED = 1;
const FIRST_PAGE = 2;
const LAST_PAGE = 4;

/**
 * Pages that may be missing between those that begin a stream and the first ones with sound, at least: who listens to a
 * radio station gets the former, and then what is sent now. Fewer pages have been lost.
 */
const LEAST_GAP_OF_RADIO = 10;

const crc32 = makeCrc(32, 0x04c11db7);

/**
 * The streams that begin in an Ogg file: their first pages stand in front of all others.
 *
 * @param {ByteReader} reader at the first page, where it stays
 * @returns {Promise<{ serial: number, codec: string }[]>} the number of each stream, and its first bytes as Latin-1
 */
export async function peekOggStreams(reader) {
  const streams = [];
  for (let at = 0; at < MAX_PAGE_BYTES; ) {
    const header = (await reader.peek(at + HEADER_BYTES + 255)).subarray(at);
    if (header.length < HEADER_BYTES || textAt(header, 0, 4) !== MAGIC || !(header[5] & FIRST_PAGE)) break;
    const bodyStart = HEADER_BYTES + header[26];
    const length = bodyStart + sum(header.subarray(HEADER_BYTES, bodyStart));
    const page = (await reader.peek(at + length)).subarray(at);
    streams.push({
      serial: viewOf(page).getUint32(14, true),
      codec: textAt(page, bodyStart, Math.min(bodyStart + 8, length)),
    });
    at += length;
  }
  return streams;
}

/**
 * The pages of one stream. Each must be whole and follow the one before it. What other programs have written between
 * pages is passed over, and so is what follows the end. A stream ends with the page that says so and that no other one
 * continues or, as recorders that are stopped leave it, with the file.
 *
 * @param {ByteReader} reader at the first page
 * @param {number} serial the stream's number
 * @returns {AsyncGenerator<OggPage>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged, file_unsupported
 */
export async function* readOggPages(reader, serial) {
  /** @type {Uint8Array[]} what there is of a packet that goes on in the next page */
  let parts = [];
  /** @type {OggPage | undefined} */
  let previous;
  let number = -1;
  let isBeginning = true;
  let hasEnded = false;
  for (;;) {
    const page = await readPage(reader).catch((error) => {
      if (!hasEnded || error.code !== 'file_damaged') throw error;
    });
    if (!page) break;
    const { flags, view, segments } = page;
    const isFirst = (flags & FIRST_PAGE) !== 0;
    if (isFirst && !isBeginning) {
      throw unsupportedFile('Ogg', `another stream follows the first one; ${CONVERT}`);
    }
    if (view.getUint32(14, true) !== serial) continue;
    if (!isFirst) isBeginning = false;
    const missing = number < 0 ? 0 : view.getUint32(18, true) - number - 1;
    if (hasEnded && missing !== 0) continue;
    const isContinued = (flags & CONTINUED) !== 0;
    const hasSound = previous !== undefined && previous.position > 0;
    if (missing !== 0 && (hasSound || isContinued || missing < LEAST_GAP_OF_RADIO)) {
      throw damagedFile('Ogg', missing < 0 ? 'a page is there twice, or too late' : 'pages are missing');
    }
    if (isContinued !== parts.length > 0) throw damagedFile('Ogg', 'a part of a packet is missing');
    number = view.getUint32(18, true);
    hasEnded = (flags & LAST_PAGE) !== 0;
    const packets = [];
    let { body } = page;
    for (const length of segments) {
      parts.push(body.subarray(0, length));
      body = body.subarray(length);
      if (length === 255) continue;
      packets.push(joinBytes(parts));
      parts = [];
    }
    // Those without bytes only carry the mark of the end.
    const filled = packets.filter(({ length }) => length > 0);
    if (filled.length === 0) continue;
    if (previous) yield { ...previous, isLast: false };
    const position = Number(view.getBigInt64(6, true));
    previous = { packets: filled, position, isLast: hasEnded, isFinal: false };
  }
  if (parts.length > 0) throw damagedFile('Ogg', 'it ends inside a packet');
  if (previous) yield { ...previous, isFinal: true };
}

/**
 * @param {ByteReader} reader at a page, or at bytes in front of one
 * @returns {Promise<{ flags: number, view: DataView, body: Uint8Array, segments: Uint8Array } | undefined>} undefined at
 *   the end of the file
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged
 */
async function readPage(reader) {
  const isPage = await findPage(reader);
  if (!isPage) return undefined;
  const header = await reader.peek(HEADER_BYTES + 255);
  const bodyStart = HEADER_BYTES + header[26];
  const length = bodyStart + sum(header.subarray(HEADER_BYTES, bodyStart));
  const bytes = await reader.read(length);
  if (bytes.length !== length) throw damagedFile('Ogg', 'it ends inside a page');
  checkPage(bytes);
  const segments = bytes.subarray(HEADER_BYTES, bodyStart);
  return { flags: bytes[5], view: viewOf(bytes), body: bytes.subarray(bodyStart), segments };
}

/**
 * Goes to the next page, over bytes that belong to none.
 *
 * @param {ByteReader} reader
 * @returns {Promise<boolean>} false at the end of the file
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged if there are too many of them, or no page behind them
 */
async function findPage(reader) {
  const start = reader.position;
  for (;;) {
    const bytes = await reader.peekAll(HEADER_BYTES);
    if (bytes.length === 0 && reader.position === start) return false;
    if (bytes.length >= 4 && textAt(bytes, 0, 4) === MAGIC) return true;
    const next = findMagic(bytes);
    if (bytes.length < HEADER_BYTES && next < 0) {
      throw damagedFile('Ogg', `there is no page after ${start} bytes, and its end is missing`);
    }
    await reader.skip(next < 0 ? bytes.length - MAGIC.length + 1 : next);
    if (reader.position - start > MAX_PAGE_BYTES) {
      throw damagedFile('Ogg', `there is no page after ${start} bytes`);
    }
  }
}

/** @param {Uint8Array} bytes @returns {number} where a page begins behind the first byte, or -1 */
function findMagic(bytes) {
  for (let at = bytes.indexOf(79, 1); at >= 0; at = bytes.indexOf(79, at + 1)) {
    if (textAt(bytes, at, at + 4) === MAGIC) return at;
  }
  return -1;
}

/** @param {Uint8Array} values */
function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** @param {Uint8Array} bytes a page, whose checksum was computed with zeros in its place */
function checkPage(bytes) {
  const checksum = viewOf(bytes).getUint32(22, true);
  const copy = new Uint8Array(bytes).fill(0, 22, 26);
  if (crc32(copy) !== checksum) throw damagedFile('Ogg', 'a page has other bytes than were written');
}
