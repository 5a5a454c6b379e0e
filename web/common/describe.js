/** Characters of a text that are shown. */
const MAX_TEXT = 40;

/**
 * What was given instead of what was wanted, as the end of a sentence that says what it must be.
 *
 * @param {unknown} value
 * @returns {string} such as "; '0.5' is text", ', not 5' or ', not an Array'
 */
export function describe(value) {
  if (typeof value === 'string') return `; '${shorten(value)}' is text`;
  if (typeof value === 'function') return ', not a function';
  if (typeof value === 'symbol') return ', not a symbol';
  if (typeof value === 'bigint') return `, not the BigInt ${value}`;
  if (value === null || typeof value !== 'object') return `, not ${value}`;
  // The tag, unlike the name of a class, is not minified and says 'Array' of an array of any window.
  const tag = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (tag === 'Object') return ', not another object';
  return `, not ${/^[AEIO]/.test(tag) ? 'an' : 'a'} ${tag}`;
}

/**
 * The same where one of some values was wanted.
 *
 * @param {unknown} value
 * @param {readonly unknown[]} choices
 * @returns {string} such as ", not 'dense'"
 */
export function describeChoice(value, choices) {
  const isText = typeof value === 'string' && choices.some((choice) => typeof choice === 'string');
  return isText ? `, not '${shorten(value)}'` : describe(value);
}

/** @param {string} text */
function shorten(text) {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
