import { openAudio } from '../../../web/decoders/open_audio.js';

/**
 * Reads a sound file that arrives in pieces.
 *
 * @param {Uint8Array} bytes
 * @param {number} [pieceLength]
 * @returns {Promise<{ sampleRate: number, channels: number[][] }>}
 */
export async function decode(bytes, pieceLength = 1000) {
  const { sampleRate, pieces } = await openAudio(cut(bytes, pieceLength));
  /** @type {number[][]} */
  let channels = [];
  for await (const piece of pieces) {
    channels = piece.map((samples, index) => [...(channels[index] ?? []), ...samples]);
  }
  return { sampleRate, channels };
}

/**
 * @param {Uint8Array} bytes
 * @param {number} length
 */
async function* cut(bytes, length) {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length);
}
