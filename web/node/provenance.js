/**
 * What differs between two ways to make a file.
 *
 * @param {string} there JSON of how it was made, from a file
 * @param {string} here JSON of how it would be made now
 * @returns {string} such as 'hopSize is 0.1 there, and 1 here'
 */
export function describeDifference(there, here) {
  const before = parse(there);
  const now = parse(here);
  const show = (/** @type {unknown} */ value) => JSON.stringify(value) ?? 'not known';
  return Object.keys({ ...before, ...now })
    .filter((name) => show(before[name]) !== show(now[name]))
    .map((name) => `${name} is ${show(before[name])} there, and ${show(now[name])} here`)
    .join('; ');
}

/** @param {string} text @returns {Record<string, unknown>} */
function parse(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    // Another program's file, or a damaged one: all of it differs.
    return {};
  }
}
