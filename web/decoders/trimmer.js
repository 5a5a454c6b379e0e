/** @import { AudioPiece } from './open_audio.js' */

/**
 * Leaves out the samples at the start and the end of an Ogg stream that its positions say are not part of the sound. The
 * position of a page tells where its last sample stands; that of the last page may be too small for what is in it: then
 * the rest is padding (RFC 7845, section 4.4; Vorbis I specification, section A.2).
 */
export class Trimmer {
  #skip;
  #mayBeginBefore;
  #count = 0;
  /** @type {number | undefined} position of the first decoded sample, which is not 0 in a stream that was cut */
  #origin;

  /**
   * @param {{ skip?: number, mayBeginBefore?: boolean }} options `skip`: samples that the codec adds in front;
   *   `mayBeginBefore`: whether samples in front of position 0 are to be left out too
   */
  constructor({ skip = 0, mayBeginBefore = false }) {
    this.#skip = skip;
    this.#mayBeginBefore = mayBeginBefore;
  }

  /**
   * @param {AudioPiece['channels']} channels all samples that end in a page
   * @param {number} position of the page, in samples; negative: it has none
   * @param {boolean} isLast
   * @returns {AudioPiece['channels']}
   */
  trim(channels, position, isLast) {
    const start = this.#count;
    let end = start + channels[0].length;
    this.#count = end;
    if (position >= 0) {
      if (this.#origin === undefined) {
        this.#origin = position - end;
        if (this.#origin < 0 && (isLast || !this.#mayBeginBefore)) this.#origin = 0;
        this.#skip += Math.max(0, -this.#origin);
      }
      if (isLast) end = Math.min(end, position - this.#origin);
    }
    const from = Math.max(0, this.#skip - start);
    return channels.map((channel) => channel.subarray(from, Math.max(from, end - start)));
  }
}
