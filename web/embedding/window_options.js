import { describe } from '../common/describe.js';
import { EdgeL3Error } from '../common/errors.js';
import { ANYTHING } from '../common/options.js';

/**
 * How a sound is cut into windows of one second.
 *
 * @typedef {object} WindowOptions
 * @property {number} [hopSize] seconds from one window to the next, at least one sample of the model, at most 600
 * @property {boolean} [center] whether window k is centred on k * hopSize, with silence in front, instead of starting
 *   there
 */

/** Checked by checkWindowOptions: as upstream does, only when the sound and the model are known to be right. */
export const WINDOW_KINDS = { hopSize: ANYTHING, center: ANYTHING };

/**
 * @param {Required<WindowOptions>} options
 * @throws {EdgeL3Error} hop_invalid, option_invalid
 */
export function checkWindowOptions({ hopSize, center }) {
  if (typeof hopSize !== 'number' || !(hopSize > 0) || !Number.isFinite(hopSize)) {
    throw new EdgeL3Error('hop_invalid', `hopSize must be a positive number of seconds${describe(hopSize)}.`);
  }
  if (typeof center !== 'boolean') {
    throw new EdgeL3Error('option_invalid', `center must be true or false${describe(center)}.`);
  }
}
