import { EMBED_OPTIONS } from './embed_arguments.js';

/** @import { Options } from './arguments.js' */

/**
 * Says a sentence of the library in words of the command line: '--hop-size must be …', not 'hopSize must be …'.
 *
 * @param {string} message
 * @returns {string}
 */
export function inOptionNames(message) {
  /** @type {Options} */
  const options = EMBED_OPTIONS;
  return Object.entries(options).reduce(
    (text, [name, { is }]) => (is === undefined ? text : text.replace(mentionOf(is), `--${name}`)),
    message,
  );
}

/** @param {string} name of an option of the library */
function mentionOf(name) {
  // One that is an English word as well is meant only in quotes, at the start, or beside another option.
  const bare = /[A-Z]/.test(name) ? `\\b${name}\\b` : `(?<=^|either |with |option )${name}\\b`;
  return new RegExp(`'${name}'|${bare}`, 'g');
}
