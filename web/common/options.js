import { closestMatch } from 'leven';
import { isAbortSignal } from './abort.js';
import { describe, describeChoice } from './describe.js';
import { EdgeL3Error } from './errors.js';

/** @import { ErrorCode } from './errors.js' */

/**
 * What the value of an option must be.
 *
 * @typedef {object} Kind
 * @property {string} expected as it follows 'must be'
 * @property {(value: any) => boolean} isValid
 * @property {readonly unknown[]} [choices] all values that are
 * @property {ErrorCode} [code] default: option_invalid
 */

/** @type {Kind} */
export const FLAG = { expected: 'true or false', isValid: (value) => typeof value === 'boolean' };

/** @type {Kind} */
export const TEXT = { expected: 'text', isValid: (value) => typeof value === 'string' };

/** @type {Kind} */
export const CALLBACK = { expected: 'a function', isValid: (value) => typeof value === 'function' };

/** @type {Kind} */
export const SIGNAL = { expected: "an AbortSignal (an AbortController's .signal)", isValid: isAbortSignal };

/** @type {Kind} */
export const COUNT = {
  expected: 'a whole number from 1',
  isValid: (value) => Number.isInteger(value) && value > 0,
};

/** @type {Kind} */
export const DURATION = {
  expected: 'a positive number of seconds',
  isValid: (value) => Number.isFinite(value) && value > 0,
};

/** What another place checks. @type {Kind} */
export const ANYTHING = { expected: 'anything', isValid: () => true };

/** Letters by which a name may differ from the one that is suggested for it. */
const MAX_DISTANCE = 3;

/**
 * @param {readonly unknown[]} choices
 * @returns {Kind}
 */
export function oneOf(choices) {
  return { expected: `one of ${choices.join(', ')}`, isValid: (value) => choices.includes(value), choices };
}

/**
 * What the caller gave, and nothing that another script of the page has added to all objects. What is not known is
 * refused, with the name that was probably meant: an option that is misspelt would otherwise do nothing, without a word.
 *
 * @template {object} T
 * @param {T | undefined} options
 * @param {{ [Name in keyof Required<T>]: Kind }} kinds
 * @returns {T}
 * @throws {EdgeL3Error} option_invalid, or what a kind has
 */
export function readOptions(options, kinds) {
  if (
    options !== undefined &&
    options !== null &&
    Object.prototype.toString.call(options) !== '[object Object]'
  ) {
    throw new EdgeL3Error('option_invalid', `The options must be an object${describe(options)}.`);
  }
  const own = { __proto__: null, ...options };
  for (const [name, value] of Object.entries(own)) checkOption(name, value, kinds);
  return /** @type {any} */ (own);
}

/**
 * @param {string} name
 * @param {unknown} value
 * @param {Record<string, Kind>} kinds
 * @throws {EdgeL3Error}
 */
export function checkOption(name, value, kinds) {
  if (!Object.hasOwn(kinds, name)) {
    const names = Object.keys(kinds);
    const meant = findMeant(name, names);
    const rest = meant ? `Did you mean '${meant}'?` : `It is one of ${names.join(', ')}.`;
    throw new EdgeL3Error('option_invalid', `There is no option '${name}' here. ${rest}`);
  }
  const { expected, isValid, choices = [], code = 'option_invalid' } = kinds[name];
  if (value !== undefined && !isValid(value)) {
    throw new EdgeL3Error(code, `${name} must be ${expected}${describeChoice(value, choices)}.`);
  }
}

/**
 * @param {string} typed
 * @param {string[]} names
 * @returns {string | undefined} that of the names which was probably meant
 */
export function findMeant(typed, names) {
  // 'hop_size' and 'hopsize' are 'hopSize' to most people.
  const plain = (/** @type {string} */ name) => name.replace(/[-_]/g, '').toLowerCase();
  const maxDistance = Math.min(MAX_DISTANCE, Math.floor(typed.length / 3));
  const match = closestMatch(plain(typed), names.map(plain), { maxDistance });
  return names.find((name) => plain(name) === match);
}

/**
 * What was given, and nothing that another script of the page has added to all objects.
 *
 * @template {object} T
 * @param {T} [options] of another function here, or checked already
 * @returns {T}
 */
export function withoutInherited(options) {
  return /** @type {any} */ ({ __proto__: null, ...options });
}
