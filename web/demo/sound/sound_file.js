import { decodeAudioStream, EdgeL3Error } from 'edgel3';

/** @import { SoundSource } from 'edgel3' */
/** @import { Sound } from '../sounds/sounds.js' */

/** Hz, for the browser's decoder: it must be told one before it knows the file's own. */
const DEFAULT_RATE = 48_000;

/** Samples of what the browser decoded that are handed on at once. */
const PIECE = 2 ** 16;

/**
 * @typedef {object} OpenSound
 * @property {number} sampleRate Hz
 * @property {AsyncGenerator<(Float32Array | Float64Array)[]>} pieces the next samples of each channel
 * @property {boolean} isByBrowser whether the browser decodes it
 */

/**
 * Opens a sound file by the library, which gives the samples that the command line reads. What the library does not read,
 * such as M4A, the browser decodes, and the page says so.
 *
 * @param {Blob} file
 * @param {SoundSource} [source] its bytes, where somebody watches them being read
 * @returns {Promise<OpenSound>}
 * @throws {EdgeL3Error} file_damaged, and file_unsupported if the browser cannot read it either
 */
export async function openSound(file, source = file) {
  try {
    return { ...(await decodeAudioStream(source)), isByBrowser: false };
  } catch (error) {
    if (!(error instanceof EdgeL3Error) || error.code !== 'file_unsupported') throw error;
    return openByBrowser(file, error);
  }
}

/**
 * @param {Blob} file
 * @param {EdgeL3Error} error what is the matter if the browser cannot read it
 * @returns {Promise<OpenSound>}
 */
export async function openByBrowser(file, error) {
  const context = new OfflineAudioContext({ length: 1, sampleRate: DEFAULT_RATE });
  const buffer = await context.decodeAudioData(await file.arrayBuffer()).catch(() => undefined);
  if (!buffer) throw error;
  return { sampleRate: buffer.sampleRate, pieces: cut(buffer), isByBrowser: true };
}

/** @param {AudioBuffer} buffer */
async function* cut(buffer) {
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) =>
    buffer.getChannelData(index),
  );
  for (let from = 0; from < buffer.length; from += PIECE) {
    yield channels.map((channel) => channel.subarray(from, from + PIECE));
  }
}

/**
 * The beginning of a sound file, in one channel.
 *
 * @param {Blob} file
 * @param {number} seconds at most
 * @returns {Promise<Sound & { isWhole: boolean }>}
 * @throws {EdgeL3Error} as openSound
 */
export async function readBeginning(file, seconds) {
  try {
    return await collect(await openSound(file), seconds);
  } catch (error) {
    // Some files show only behind their beginning what the library does not read in them.
    if (!(error instanceof EdgeL3Error) || error.code !== 'file_unsupported') throw error;
    return collect(await openByBrowser(file, error), seconds);
  }
}

/** @param {OpenSound} sound @param {number} seconds */
async function collect({ sampleRate, pieces }, seconds) {
  const most = Math.round(seconds * sampleRate);
  /** @type {Float32Array[]} */
  const parts = [];
  let length = 0;
  for await (const channels of pieces) {
    const part = downmix(channels).subarray(0, most - length);
    parts.push(part);
    length += part.length;
    if (part.length < channels[0].length) break;
  }
  const samples = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { samples, sampleRate, isWhole: length < most };
}

/**
 * @param {(Float32Array | Float64Array)[]} channels
 * @returns {Float32Array} their mean
 */
export function downmix(channels) {
  const mean = Float32Array.from(channels[0]);
  if (channels.length === 1) return mean;
  for (let n = 0; n < mean.length; n++) {
    let sum = 0;
    for (let index = 0; index < channels.length; index++) sum += channels[index][n];
    mean[n] = sum / channels.length;
  }
  return mean;
}
