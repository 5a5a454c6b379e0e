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
  let ended = false;
  const onEnd = () => {
    ended = true;
  };
  return { sampleRate, pieces: collectSeconds(pieces, sampleRate, onEnd), isLast: () => ended };
}

/**
 * @param {AudioStream['pieces']} pieces
 * @param {number} secondLength samples
 * @param {() => void} onEnd called before the last piece comes out
 * @returns {AudioStream['pieces']}
 */
async function* collectSeconds(pieces, secondLength, onEnd) {
  /** @type {FloatSamples[][]} */
  let waiting = [];
  let length = 0;
  for await (const piece of pieces) {
    // Not as soon as it is full: with the next piece it is known that this is not the last one.
    if (length >= secondLength) {
      yield joinPieces(waiting);
      waiting = [];
      length = 0;
    }
    waiting.push(piece);
    length += piece[0].length;
  }
  onEnd();
  if (length > 0) yield joinPieces(waiting);
}
