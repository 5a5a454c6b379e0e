import { parseArgs } from 'node:util';
import { closestMatch } from 'leven';
import { UsageError } from './usage_error.js';

/**
 * What a command can be told.
 *
 * @typedef {object} Option
 * @property {string} [short] its short form, one letter
 * @property {string} [alias] upstream's short form of several letters
 * @property {string} [value] what its value is called; a flag has none
 * @property {boolean} [isNumber] whether its value is a number
 * @property {string} [is] what the library calls it
 * @property {boolean} [abbreviable] upstream's, which argparse also takes abbreviated. Others are not, so that a new one
 *   cannot make an abbreviation ambiguous that worked before
 */

/** @typedef {Record<string, Option>} Options by their long forms */
/** @typedef {Record<string, string | true | undefined>} Values what was given, by the long form of the option */

/**
 * What the person typed behind `edgel3 NAME`.
 *
 * @typedef {object} Arguments
 * @property {Values} values of options
 * @property {string[]} operands all else
 */

/** Letters by which a name may differ from the one that is suggested for it. */
const MAX_DISTANCE = 3;

/**
 * Takes a command line apart as Python's argparse does.
 *
 * @param {string[]} args
 * @param {Options} options
 * @returns {Arguments}
 * @throws {UsageError}
 */
export function parse(args, options) {
  const { tokens } = parseArgs({
    args: args.map(spellOut(args, options)),
    options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, toParseArgs(option)])),
    strict: false,
    tokens: true,
  });
  /** @type {Arguments} */
  const parsed = { values: {}, operands: [] };
  for (const token of tokens) {
    if (token.kind === 'positional') parsed.operands.push(token.value);
    if (token.kind === 'option') parsed.values[token.name] = toValue(token, args[token.index], options);
  }
  return parsed;
}

/**
 * @param {string} typed
 * @param {readonly string[]} names
 * @returns {string} what follows a sentence about a name that is none: the one that was probably meant
 */
export function suggest(typed, names) {
  const longer = names.find((name) => typed.length > 3 && name.startsWith(typed));
  const maxDistance = Math.min(MAX_DISTANCE, Math.floor(typed.length / 3));
  const meant = longer ?? closestMatch(typed, [...names], { maxDistance });
  return meant ? `; did you mean ${meant}?` : '';
}

/**
 * @param {Option} option
 * @returns {{ type: 'string' | 'boolean', short?: string }}
 */
function toParseArgs({ value, short }) {
  return { type: value ? 'string' : 'boolean', ...(short && { short }) };
}

/**
 * Makes long forms of what parseArgs does not know: upstream's short forms of several letters, and abbreviations.
 *
 * @param {string[]} args
 * @param {Options} options
 */
function spellOut(args, options) {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return (/** @type {string} */ arg, /** @type {number} */ index) => {
    if (index >= end) return arg;
    const [typed, ...value] = arg.split('=');
    const full =
      Object.keys(options).find((name) => options[name].alias === typed) ?? abbreviated(typed, options);
    return full === undefined ? arg : [`--${full}`, ...value].join('=');
  };
}

/**
 * @param {string} typed
 * @param {Options} options
 * @returns {string | undefined} the only option that may be abbreviated like this, if it is none itself
 */
function abbreviated(typed, options) {
  if (!typed.startsWith('--') || typed === '--' || Object.hasOwn(options, typed.slice(2))) return undefined;
  const matches = Object.keys(options).filter(
    (name) => options[name].abbreviable && `--${name}`.startsWith(typed),
  );
  return matches.length === 1 ? matches[0] : undefined;
}

/**
 * @param {{ name: string, value: string | undefined, inlineValue: boolean | undefined }} token
 * @param {string} arg the word in which it stands
 * @param {Options} options
 * @returns {string | true}
 * @throws {UsageError}
 */
function toValue({ name, value, inlineValue }, arg, options) {
  const [typed] = arg.split('=');
  // '-help' is '-h -e lp' to the letter, and nobody means that.
  const isLong = /^-[^-]./.test(typed) && Object.hasOwn(options, typed.slice(1));
  if (isLong || !Object.hasOwn(options, name)) {
    const suggestion = isLong ? `; did you mean -${typed}?` : suggest(typed, namesOf(options));
    throw new UsageError(`there is no option ${typed}${suggestion}`);
  }
  const { value: wanted } = options[name];
  if (wanted === undefined) {
    if (value !== undefined) throw new UsageError(`--${name} takes no value, but has '${value}'`);
    return true;
  }
  if (value === undefined) throw new UsageError(`--${name} needs a value: --${name} ${wanted}`);
  // As argparse, which takes '-1' for a number, not for an option.
  if (!inlineValue && /^-[^\d.]/.test(value)) {
    throw new UsageError(
      `--${name} needs a value, but ${value} follows; if that is meant, write --${name}=${value}`,
    );
  }
  return inlineValue && !arg.startsWith('--') ? value.replace(/^=/, '') : value;
}

/** @param {Options} options */
function namesOf(options) {
  return Object.entries(options).flatMap(([name, { alias }]) =>
    alias ? [`--${name}`, alias] : [`--${name}`],
  );
}
