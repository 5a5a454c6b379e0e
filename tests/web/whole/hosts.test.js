// What runs beside the library does not change what it computes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as library from 'edgel3';
import { exercise } from '../support/exercise.js';

/**
 * @param {string} host a module of ../support/hosts, which comes first
 * @param {library.ModelOptions} options
 * @returns {Promise<string>} what the program prints
 */
async function exerciseIn(host, options) {
  const program = `
    await import('${new URL(`../support/hosts/${host}.js`, import.meta.url)}');
    const library = await import('${import.meta.resolve('edgel3')}');
    const { exercise } = await import('${new URL('../support/exercise.js', import.meta.url)}');
    const outcome = await exercise(library, ${JSON.stringify(options)}).catch(({ code, message }) => code + ': ' + message);
    process.stdout.write(outcome);`;
  const args = [...process.execArgv, '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return stdout;
}

test('two runs give the same bytes, and so does any number of workers', async () => {
  const expected = await exercise(library);
  for (const workers of [0, 1, 4]) assert.equal(await exercise(library, { workers }), expected);
});

test('properties that some script gave to all objects are no options', async () => {
  const expected = await exercise(library);
  for (const workers of [undefined, 0]) assert.equal(await exerciseIn('polluted', { workers }), expected);
});

test('where all of JavaScript is frozen, workers do the work, which are not', async () => {
  assert.equal(await exerciseIn('frozen', {}), await exercise(library));
  // Embind derives errors of its own from those of JavaScript.
  assert.match(await exerciseIn('frozen', { workers: 0 }), /^wasm_unavailable: .*read only property/);
});
