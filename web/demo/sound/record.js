import { openMicrophone } from 'edgel3/microphone';
import { DEAD, peakOf } from './level.js';

/** @import { Sound } from '../sounds/sounds.js' */

/** Seconds of nothing after which a microphone is known to be dead. */
const PATIENCE = 0.7;

/** Seconds at the start that do not count: many microphones begin with nothing, or with a click. */
const SETTLING = 0.2;

/** Of what is louder than that something can be learned. */
const AUDIBLE = 0.004;

/** The microphone works as far as the browser knows, but nothing comes. */
export class SilentMicrophoneError extends Error {
  /** @param {string} [message] default: that nothing at all comes */
  constructor(
    message = 'The microphone gives nothing but silence: it is switched off or muted, or it is not the one you speak ' +
      'into. Choose another one in the settings.',
  ) {
    super(message);
  }
}

/** Milliseconds without a piece of sound after which none will come: some browsers give no silence, but nothing. */
export const LONGEST_WAIT = 2500;

/**
 * @template T
 * @param {Promise<T>} coming
 * @returns {Promise<T>}
 * @throws {SilentMicrophoneError} if it does not come
 */
function orSilent(coming) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SilentMicrophoneError()), LONGEST_WAIT);
    coming.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * @typedef {object} RecordOptions
 * @property {string} deviceId '' for the default
 * @property {(state: { left: number, level: number }) => void} onProgress seconds; the loudest sample of the last piece
 * @property {boolean} [mayBeQuiet] whether a quiet room is what shall be recorded
 */

/**
 * Records from the microphone.
 *
 * @param {number} duration seconds
 * @param {RecordOptions} options
 * @returns {Promise<Sound>}
 * @throws {import('edgel3').EdgeL3Error} as openMicrophone
 * @throws {SilentMicrophoneError} at once where nothing comes; at the end where hardly anything came
 */
export async function record(duration, { deviceId, onProgress, mayBeQuiet = false }) {
  const constraints = deviceId === '' ? {} : { deviceId: { exact: deviceId } };
  const { readable, sampleRate } = await openMicrophone({ constraints });
  const samples = new Float32Array(Math.round(duration * sampleRate));
  const skipped = Math.round(SETTLING * sampleRate);
  let length = -skipped;
  let loudest = 0;
  const reader = readable.getReader();
  try {
    while (length < samples.length) {
      const { done, value } = await orSilent(reader.read());
      if (done) break;
      const from = Math.max(0, -length);
      if (from < value.length) {
        const piece = value.subarray(from, from + samples.length - Math.max(0, length));
        samples.set(piece, Math.max(0, length));
        loudest = Math.max(loudest, peakOf(piece));
      }
      length = Math.min(samples.length, length + value.length);
      if (length > PATIENCE * sampleRate && loudest < DEAD) {
        throw new SilentMicrophoneError();
      }
      onProgress({ left: duration - Math.max(0, length) / sampleRate, level: peakOf(value) });
    }
  } finally {
    await reader.cancel();
  }
  if (loudest < AUDIBLE && !mayBeQuiet) {
    throw new SilentMicrophoneError(
      'Hardly anything was heard, and nothing was kept: come nearer, or be louder.',
    );
  }
  return { samples, sampleRate };
}
