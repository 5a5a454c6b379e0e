import { EdgeL3Warning } from '../common/errors.js';
import { CALLBACK } from '../common/options.js';

/** @import { FloatSamples } from '../common/samples.js' */

/**
 * Who is told of conditions that probably were not meant.
 *
 * @typedef {object} WarningOptions
 * @property {(warning: EdgeL3Warning) => void} [onWarning] called for each; default: console.warn
 */

/** @satisfies {Record<keyof WarningOptions, import('../common/options.js').Kind>} */
export const WARNING_KINDS = { onWarning: CALLBACK };

/** @param {EdgeL3Warning} warning what to do with it if the caller says nothing */
export function printWarning(warning) {
  console.warn(`edgel3: ${warning.message}`);
}

/** @param {FloatSamples[]} channels */
export function isSilent(channels) {
  return channels.every((channel) => channel.every((sample) => sample === 0));
}

export function silentWarning() {
  return new EdgeL3Warning('audio_silent', 'The audio is silent: all its samples are zero.');
}

/**
 * @param {number} length samples in each channel
 * @param {number} inputRate Hz
 * @param {number} modelRate Hz
 * @returns {boolean} whether they are less than a window at the model's rate
 */
export function isShort(length, inputRate, modelRate) {
  return Math.trunc(length * (modelRate / inputRate)) < modelRate;
}

export function shortWarning() {
  return new EdgeL3Warning('audio_short', 'The audio is shorter than one second; silence fills the window.');
}

/** @param {import('../common/errors.js').EdgeL3Error} error why no worker could be started */
export function workersWarning({ message }) {
  return new EdgeL3Warning(
    'workers_unavailable',
    `${message} So all work is done in place now, where a page stands still for each window; docs/hosting.md says what workers need.`,
  );
}
