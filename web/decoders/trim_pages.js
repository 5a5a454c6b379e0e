/** @import { AudioPiece } from './open_audio.js' */

/**
 * What was decoded from a page of an Ogg stream.
 *
 * @typedef {object} DecodedPage
 * @property {number} sampleRate Hz
 * @property {AudioPiece['channels']} channels all samples that end in the page
 * @property {number} position where the last of them stands in the stream, in samples; negative: it does not say
 * @property {boolean} isLast whether the stream says that it ends here
 * @property {boolean} endsAtPosition whether samples behind the position are not part of the sound
 */

/**
 * Leaves out the samples at the start and the end of an Ogg stream that are not part of the sound: those that the codec
 * adds in front, and those at the end that have no place before the position of the last page (RFC 7845, section 4.4;
 * Vorbis I specification, section A.2).
 *
 * @param {AsyncIterable<DecodedPage>} pages
 * @param {{ skip: number, mayBeginBefore: boolean }} options `skip`: samples that the codec adds in front, which positions
 *   count too; `mayBeginBefore`: whether samples in front of position 0 are to be left out as well
 * @returns {AsyncGenerator<AudioPiece>}
 */
export async function* trimPages(pages, { skip, mayBeginBefore }) {
  /** @type {AudioPiece | undefined} what comes next, unless the end cuts into it */
  let held;
  let count = 0;
  /** @type {number | undefined} position of the first decoded sample, which is not 0 in a stream that was cut */
  let origin;
  for await (const { sampleRate, channels, position, isLast, endsAtPosition } of pages) {
    const start = count;
    count += channels[0].length;
    let end = count;
    if (position >= 0) {
      if (origin === undefined) {
        origin = position - end;
        if (origin < 0 && (isLast || !mayBeginBefore)) origin = 0;
        skip += Math.max(0, -origin);
      }
      if (endsAtPosition) end = Math.min(end, position - origin);
    }
    if (held) yield* filled(cut(held, 0, held.channels[0].length - Math.max(0, start - end)));
    held = cut({ sampleRate, channels }, skip - start, end - start);
  }
  if (held) yield* filled(held);
}

/** @param {AudioPiece} piece @returns {AudioPiece[]} it, if there is something in it */
function filled(piece) {
  return piece.channels[0].length > 0 ? [piece] : [];
}

/**
 * @param {AudioPiece} piece
 * @param {number} from
 * @param {number} to
 * @returns {AudioPiece}
 */
function cut({ sampleRate, channels }, from, to) {
  const start = Math.max(0, from);
  return { sampleRate, channels: channels.map((samples) => samples.subarray(start, Math.max(start, to))) };
}
