// What runs beside the library does not change what it computes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as library from 'edgel3';
import { exercise } from '../support/exercise.js';

const dist = new URL('../../../dist/', import.meta.url);

/**
 * @param {string} host a module of ../support/hosts, which comes first
 * @param {string} options code of library.ModelOptions
 * @param {string} [entry]
 * @returns {Promise<string>} what the program prints
 */
async function exerciseIn(host, options, entry = import.meta.resolve('edgel3')) {
  const program = `
    import { readFileSync } from 'node:fs';
    const read = (name) => readFileSync(new URL(name, '${dist}'));
    await import('${new URL(`../support/hosts/${host}.js`, import.meta.url)}');
    const library = await import('${entry}');
    const { exercise } = await import('${new URL('../support/exercise.js', import.meta.url)}');
    const outcome = await exercise(library, ${options}).catch(({ code, message }) => code + ': ' + message);
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
  for (const workers of [undefined, 0])
    assert.equal(await exerciseIn('polluted', `{ workers: ${workers} }`), expected);
});

test('where all of JavaScript is frozen, workers do the work, which are not', async () => {
  assert.equal(await exerciseIn('frozen', '{}'), await exercise(library));
  // Embind derives errors of its own from those of JavaScript.
  assert.match(await exerciseIn('frozen', '{ workers: 0 }'), /^wasm_unavailable: .*read only property/);
});

test("an edge runtime: the page's entries, given compiled code and a model, yield by setTimeout", async () => {
  const wasm = new URL('edgel3.wasm', dist);
  const expected = await exercise(library, { wasm });
  const given =
    "{ wasm: new WebAssembly.Module(read('edgel3.wasm')), source: read('edgel3-model.safetensors') }";
  assert.equal(await exerciseIn('edge', given, String(new URL('index.js', dist))), expected);
  assert.equal(await exerciseIn('edge', '{}', String(new URL('inline.js', dist))), expected);
});
