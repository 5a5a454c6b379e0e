/**
 * One line of the benchmark's table.
 *
 * @typedef {object} Row
 * @property {string} what
 * @property {number} value
 * @property {string} measured the value with its unit, and what it was made of
 * @property {string} target empty where there is none
 * @property {boolean} met
 */

/**
 * A figure without a target.
 *
 * @param {string} what
 * @param {object} result
 * @param {number} result.value
 * @param {(value: number) => string} result.unit how a value is written
 * @param {string} [result.detail]
 * @returns {Row}
 */
export function figure(what, { value, unit, detail }) {
  return { what, value, measured: write(value, unit, detail), target: '', met: true };
}

/**
 * @param {string} what
 * @param {object} result
 * @param {number} result.value
 * @param {number} result.least
 * @param {(value: number) => string} result.unit how a value is written
 * @param {string} [result.detail]
 * @returns {Row}
 */
export function atLeast(what, { value, least, unit, detail }) {
  return {
    what,
    value,
    measured: write(value, unit, detail),
    target: `≥ ${unit(least)}`,
    met: value >= least,
  };
}

/**
 * @param {string} what
 * @param {object} result
 * @param {number} result.value
 * @param {number} result.most
 * @param {(value: number) => string} result.unit how a value is written
 * @param {string} [result.detail]
 * @returns {Row}
 */
export function atMost(what, { value, most, unit, detail }) {
  return { what, value, measured: write(value, unit, detail), target: `≤ ${unit(most)}`, met: value <= most };
}

export const times = (/** @type {number} */ ratio) => `${ratio.toFixed(2)}×`;
export const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
export const milliseconds = (/** @type {number} */ time) => `${time.toFixed(1)} ms`;
export const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;

/**
 * @param {number} value
 * @param {(value: number) => string} unit
 * @param {string | undefined} detail
 */
function write(value, unit, detail) {
  return detail ? `${unit(value)} (${detail})` : unit(value);
}

/**
 * The rows as a table for a terminal.
 *
 * @param {Row[]} rows
 */
export function toTable(rows) {
  const lines = rows.map(({ what, measured, target, met }) => {
    return [what, measured, target, target === '' ? '' : met ? 'met' : 'NOT MET'];
  });
  const table = [['what', 'measured', 'target', ''], ...lines];
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  const toLine = (/** @type {string[]} */ line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  const [head, ...body] = table.map(toLine);
  return [head, widths.map((width) => '-'.repeat(width)).join('  '), ...body].join('\n');
}
