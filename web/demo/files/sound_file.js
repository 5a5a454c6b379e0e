/** Hz, for files that do not say their own rate as WAV does. */
const DEFAULT_RATE = 48_000;

/** Four letters each: where a WAV file begins, and where its format usually stands. */
const RIFF = 0x52494646;
const FMT = 0x666d7420;

/** What an AudioContext must be able to have (Web Audio API). */
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 96_000;

/**
 * Decodes a sound file as the browser can, at its own rate where that is known: then nothing but the library resamples.
 *
 * @param {Blob} file
 * @returns {Promise<AudioBuffer>}
 */
export async function decode(file) {
  const bytes = await file.arrayBuffer();
  const context = new OfflineAudioContext({ length: 1, sampleRate: rateOf(new DataView(bytes)) });
  try {
    return await context.decodeAudioData(bytes);
  } catch (cause) {
    throw new Error('This browser cannot read this file as sound.', { cause });
  }
}

/**
 * @param {DataView} file
 * @returns {number} Hz: of a WAV file the rate that stands at the usual place
 */
function rateOf(file) {
  const tagAt = (/** @type {number} */ at) => (file.byteLength < 28 ? 0 : file.getUint32(at, false));
  if (tagAt(0) !== RIFF || tagAt(12) !== FMT) return DEFAULT_RATE;
  const rate = file.getUint32(24, true);
  return rate >= LOWEST_RATE && rate <= HIGHEST_RATE ? rate : DEFAULT_RATE;
}
