import { askDecoder, damagedFile } from './errors.js';
import { parseMp3Header } from './mp3_header.js';

/** @import { AudioPiece } from './open_audio.js' */
/** @import { ByteReader } from './byte_reader.js' */

/**
 * Decodes an MP3 file, without the silence that its encoder added in front and behind.
 *
 * @param {ByteReader} reader at the first frame
 * @returns {AsyncGenerator<AudioPiece>}
 * @throws {import('../common/errors.js').EdgeL3Error} file_damaged
 */
export async function* decodeMp3(reader) {
  const { MPEGDecoder } = await import('./mp3_decoder.js');
  const { channelCount, sampleCount = 0, frameSamples } = parseMp3Header(await reader.peek(4096));
  const decoder = new MPEGDecoder();
  await decoder.ready;
  let done = 0;
  try {
    for (;;) {
      const bytes = await reader.readUnits(1, Infinity);
      if (bytes.length === 0) break;
      const { channelData, sampleRate, samplesDecoded } = await askDecoder('MP3', () =>
        decoder.decode(bytes),
      );
      done += samplesDecoded;
      // Of a mono file the decoder makes two equal channels.
      if (samplesDecoded > 0) yield { sampleRate, channels: channelData.slice(0, channelCount) };
    }
  } finally {
    decoder.free();
  }
  if (done + frameSamples < sampleCount) {
    throw damagedFile('MP3', `it ends after ${done} of its ${sampleCount} samples`);
  }
}
