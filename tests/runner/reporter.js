/**
 * A reporter for Node's test runner that writes one line of JSON for each test that came to its end: what
 * tests/runner/node_tests.js reads. It runs in every version of Node that the tests run in.
 */

/**
 * @typedef {object} Report
 * @property {'passed' | 'failed' | 'skipped' | 'holds a failed one'} outcome
 * @property {string} file absolute path of the file in which the test stands
 * @property {number} [line]
 * @property {string[]} path the test's name behind those of the ones that it is in
 * @property {boolean} isSuite whether it is a suite, which does nothing but to hold tests
 * @property {string | true | undefined} reason of a failure; or of having been skipped, true if none was given
 */

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* report(events) {
  /** @type {string[]} names of the tests that have begun, by depth */
  const begun = [];
  /** @type {Map<string, string>} the end of what files printed as errors, by path */
  const printed = new Map();
  for await (const { type, data } of events) {
    if (type === 'test:start') begun.splice(data.nesting, Infinity, data.name);
    if (type === 'test:stderr') {
      printed.set(data.file, `${printed.get(data.file) ?? ''}${data.message}`.slice(-4000));
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const { error } = data.details;
    const file = data.file ?? data.name;
    /** @type {Report} */
    const result = {
      outcome: outcomeOf(type, data),
      path: [...begun.slice(0, data.nesting), data.name],
      file,
      line: data.line,
      isSuite: data.details.type === 'suite',
      reason: type === 'test:fail' ? explain(error) : data.skip,
    };
    // A file that could not be run at all.
    if (type === 'test:fail' && data.name === file) result.reason += `\n${printed.get(file) ?? ''}`;
    yield `${JSON.stringify(result)}\n`;
  }
}

/**
 * @param {string} type
 * @param {any} data
 * @returns {Report['outcome']}
 */
function outcomeOf(type, { skip, details }) {
  if (type === 'test:pass') return skip === undefined ? 'passed' : 'skipped';
  return details.error?.failureType === 'subtestsFailed' ? 'holds a failed one' : 'failed';
}

/**
 * What went wrong and where, without the frames of Node.
 *
 * @param {Error & { cause?: unknown }} error as the runner wraps what a test threw
 */
function explain(error) {
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const [place] = ((cause ?? error).stack ?? '').match(/^ +at .*\/tests\/.*$/m) ?? [''];
  return `${cause?.message ?? error.cause ?? error.message}\n${place}`.trimEnd();
}
