import assert from 'node:assert/strict';

/** Numbers in what is printed: the two builds of the module differ in the last digits. */
const NUMBER = /\d+\.\d+/g;

/** @param {string} text */
function splitNumbers(text) {
  return { words: text.replaceAll(NUMBER, '#'), numbers: (text.match(NUMBER) ?? []).map(Number) };
}

/**
 * Asserts that a program printed what a page shows, numbers within a thousandth, or the last digit of four.
 *
 * @param {string} printed
 * @param {string} shown
 * @param {string} program for the message
 */
export function assertPrints(printed, shown, program) {
  const [actual, expected] = [printed, shown].map(splitNumbers);
  assert.equal(actual.words, expected.words, program);
  for (const [index, number] of actual.numbers.entries()) {
    const error = Math.abs(number - expected.numbers[index]);
    assert.ok(error <= Math.max(1e-3 * number, 1.01e-4), `${program}\n${printed}`);
  }
}
