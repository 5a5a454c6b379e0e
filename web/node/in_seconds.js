import { joinPieces } from '../decoders/join_pieces.js';

/** @import { FloatSamples } from '../common/samples.js' */
/** @import { AudioStream } from '../decoders/open_audio.js' */

/**
 * A sound in pieces of a second or somewhat more. A decoder gives what a frame of the file holds, down to a hundredth of a second,
 * and the way to a worker and back costs as much for that as for a second.
 *
 * @param {AudioStream} sound that does not come live: the first samples of a piece wait for the last ones
 * @returns {AudioStream}
 */
export function inSeconds({ sampleRate, pieces }) {
  return { sampleRate, pieces: collectSeconds(pieces, sampleRate) };
}

/**
 * @param {AudioStream['pieces']} pieces
 * @param {number} secondLength samples
 * @returns {AudioStream['pieces']}
 */
async function* collectSeconds(pieces, secondLength) {
  /** @type {FloatSamples[][]} */
  let waiting = [];
  let length = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece[0].length;
    if (length < secondLength) continue;
    yield joinPieces(waiting);
    waiting = [];
    length = 0;
  }
  if (length > 0) yield joinPieces(waiting);
}
