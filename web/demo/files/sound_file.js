import { decodeAudio, EdgeL3Error } from 'edgel3';
import { say } from '../page/messages.js';

/** Hz, for the browser's decoder: it must be told one before it knows the file's own. */
const DEFAULT_RATE = 48_000;

/** What an AudioBuffer must be able to have (Web Audio API). */
const LOWEST_RATE = 8000;
const HIGHEST_RATE = 96_000;

/**
 * Decodes a sound file by the library, which gives the samples that the command line reads. What the library does not read,
 * such as M4A, the browser decodes, and the page says so.
 *
 * @param {File} file
 * @returns {Promise<AudioBuffer>}
 * @throws {EdgeL3Error} file_damaged, and file_unsupported if the browser cannot read it either
 */
export async function decode(file) {
  try {
    return toBuffer(await decodeAudio(file));
  } catch (error) {
    if (!(error instanceof EdgeL3Error) || error.code !== 'file_unsupported') throw error;
    const buffer = await decodeByBrowser(file).catch(() => undefined);
    if (!buffer) throw error;
    say(
      `${file.name} was decoded by this browser, not by edgel3: the numbers may differ from one browser to another.`,
    );
    return buffer;
  }
}

/**
 * @param {import('edgel3').DecodedAudio} audio
 * @throws {EdgeL3Error} file_unsupported if no AudioBuffer can have its rate
 */
function toBuffer({ channels, sampleRate }) {
  if (!Number.isInteger(sampleRate) || sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) {
    throw new EdgeL3Error('file_unsupported', `Browsers play no sound at ${sampleRate} Hz.`);
  }
  const { length: numberOfChannels, 0: first } = channels;
  const buffer = new AudioBuffer({ numberOfChannels, length: first.length, sampleRate });
  for (const [index, samples] of channels.entries()) buffer.copyToChannel(Float32Array.from(samples), index);
  return buffer;
}

/** @param {Blob} file */
async function decodeByBrowser(file) {
  const context = new OfflineAudioContext({ length: 1, sampleRate: DEFAULT_RATE });
  return context.decodeAudioData(await file.arrayBuffer());
}
