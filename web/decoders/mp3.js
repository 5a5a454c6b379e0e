import { askDecoder, CONVERT, damagedFile, unsupportedFile } from './errors.js';
import {
  findFrames,
  isSameStream,
  MAX_FRAME_BYTES,
  RUN_BYTES,
  readContents,
  readFrameHeader,
} from './mp3_header.js';
import { MAX_TAG_BYTES, skipTag } from './tags.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */
/** @import { FrameHeader } from './mp3_header.js' */

/** Bytes that are given to the decoder at once, at most. */
const PIECE_BYTES = 65_536;

/**
 * Decodes an MP3 file, without the silence that its encoder added in front and behind.
 *
 * @param {ByteReader} reader at the first frame
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
export async function* decodeMp3(reader) {
  const start = await reader.peek(MAX_FRAME_BYTES);
  const first = /** @type {FrameHeader} */ (readFrameHeader(start));
  if (first.frameLength === 0) {
    throw unsupportedFile('MP3', `its frames do not say their bit rate (free format); ${CONVERT}`);
  }
  const { sampleCount = 0, isExact = false } = readContents(start) ?? {};
  const { MPEGDecoder } = await import('./mp3_decoder.js');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let done = 0;
  try {
    for await (const bytes of readFrames(reader, first)) {
      const { channelData, sampleRate, samplesDecoded, errors } = await askDecoder('MP3', () =>
        decoder.decode(bytes),
      );
      done += samplesDecoded;
      const isComplete = sampleCount > 0 && done >= sampleCount;
      if (errors.length > 0 && !isComplete) throw damagedFile('MP3', errors[0].message);
      // Of a mono file the decoder makes two equal channels.
      if (samplesDecoded > 0) yield { sampleRate, channels: channelData.slice(0, first.channelCount) };
    }
  } finally {
    decoder.free();
  }
  if (done + (isExact ? 0 : first.frameSamples) < sampleCount) {
    throw damagedFile('MP3', `it ends after ${done} of its ${sampleCount} samples`);
  }
}

/**
 * Walks over the frames; tags between them are left out.
 *
 * @param {ByteReader} reader at the first frame
 * @param {FrameHeader} first
 * @returns {AsyncGenerator<Uint8Array>} whole frames
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
async function* readFrames(reader, first) {
  for (;;) {
    const bytes = await reader.peekAll(MAX_FRAME_BYTES);
    let end = 0;
    while (end < PIECE_BYTES) {
      const header = readFrameHeader(bytes, end);
      if (!header || !isSameStream(header, first) || end + header.frameLength > bytes.length) break;
      end += header.frameLength;
    }
    if (end > 0) {
      yield await reader.read(end);
    } else if (bytes.length === 0 || !((await skipTag(reader)) || (await isAtFrame(reader, first)))) {
      return;
    }
  }
}

/**
 * Looks at what is no whole frame of the same stream: either the sound is over, or it is damaged, or another one begins.
 *
 * @param {ByteReader} reader
 * @param {FrameHeader} first
 * @returns {Promise<boolean>} false if nothing follows
 * @throws {import('../common/errors.js').EdgeL3Error} file_unsupported, file_damaged
 */
async function isAtFrame(reader, first) {
  const start = reader.position;
  for (;;) {
    const bytes = await reader.peekAll(RUN_BYTES);
    const isEnd = bytes.length < RUN_BYTES;
    // Two are enough: nobody looks for the beginning of a stream here.
    const at = findFrames(bytes, 0, isEnd, 2);
    if (at === 0 && reader.position === start) {
      const header = /** @type {FrameHeader} */ (readFrameHeader(bytes));
      if (!isSameStream(header, first)) {
        throw unsupportedFile('MP3', 'its sampling rate or its number of channels changes');
      }
    }
    if (at >= 0) throw damagedFile('MP3', `there is no frame after ${start} bytes, but there are some later`);
    if (isEnd) return false;
    if (reader.position - start > MAX_TAG_BYTES) {
      throw damagedFile('MP3', `too much follows its last frame, after ${start} bytes`);
    }
    await reader.skip(bytes.length - RUN_BYTES + 1);
  }
}
