/** What came out of a part of the tests. */

/**
 * @typedef {object} Failure
 * @property {string} name of the test
 * @property {string} reason the first assertion that failed, and where
 * @property {string} again the command that repeats just this test
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {Failure[]} failures
 * @property {{ name: string, reason: string }[]} skipped
 */

/** @param {Outcome[]} outcomes @returns {Outcome} */
export const sum = (outcomes) => ({
  passed: outcomes.reduce((passed, outcome) => passed + outcome.passed, 0),
  failures: outcomes.flatMap(({ failures }) => failures),
  skipped: outcomes.flatMap(({ skipped }) => skipped),
});

/** Letters of a reason, of which whole lines are shown. */
const LONGEST_REASON = 4000;

/** What a failed command printed, from the first error that compilers mark as one on; or else its end. @param {string} output */
export function reasonIn(output) {
  const begin = output.search(/^.*\berror(:| TS\d+:)/m);
  return (begin < 0 ? output.slice(-LONGEST_REASON) : output.slice(begin, begin + LONGEST_REASON)).trim();
}

/**
 * A command as one writes it in a shell.
 *
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 */
export function shellCommand(command, env = {}) {
  const quote = (/** @type {string} */ word) =>
    /^[\w./:=,+@%^-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  // Of a longer PATH only what has been put before it.
  const short = (/** @type {string} */ value) =>
    process.env.PATH && value.endsWith(`:${process.env.PATH}`)
      ? `${quote(value.slice(0, -process.env.PATH.length - 1))}:$PATH`
      : quote(value);
  const variables = Object.entries(env).map(([name, value]) => `${name}=${short(value)}`);
  return [...variables, ...command.map(quote)].join(' ');
}
