import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { embedding } from '../package/apps.js';
import { createProject, runIn, tarball } from '../package/project.js';

/** @typedef {{ shape: number[], embedding: number[] }} Result */

/** What each host installs: exact versions, from npm's registry, since most are too large to be development dependencies. */
export const PACKAGES = {
  next: ['next@16.4.6', 'react@19.3.1', 'react-dom@19.3.1'],
  nft: ['@vercel/nft@1.11.5'],
  rollup: [
    'rollup@4.68.8',
    '@rollup/plugin-node-resolve@16.0.3',
    '@web/rollup-plugin-import-meta-assets@2.3.2',
  ],
  rspack: ['@rspack/core@2.3.3'],
  parcel: ['parcel@2.16.4'],
  bun: ['bun@1.4.5'],
  workerd: ['miniflare@4.20260730.0'],
  jsdom: ['jsdom@26.1.0'],
  vue: ['vue@3.5.45', 'pinia@3.0.4'],
  comlink: ['comlink@4.4.2'],
  typescript: ['typescript@5.7.3', '@types/node@20.19.43'],
};

/** Prints a Result. */
export const PROGRAM = `${embedding('edgel3')}
globalThis.result.then((result) => console.log(JSON.stringify(result)));
`;

/**
 * A project with this package and those of a host installed.
 *
 * @param {import('node:test').TestContext} t skipped, with the reason, where the host cannot be installed
 * @param {keyof typeof PACKAGES} host
 * @param {Record<string, string>} files contents by path
 * @returns {Promise<string | undefined>} its folder
 */
export async function createHost(t, host, files) {
  const folder = createProject(host, { 'package.json': '{ "type": "module", "private": true }', ...files });
  const args = ['install', '--no-audit', '--no-fund', '--save-exact', tarball, ...PACKAGES[host]];
  try {
    await promisify(execFile)('npm', args, { cwd: folder });
    return folder;
  } catch (error) {
    const [reason] = /** @type {{ stderr: string }} */ (error).stderr.split('\n');
    t.skip(`npm could not install ${PACKAGES[host].join(', ')}: ${reason}`);
    return undefined;
  }
}

/** @type {Promise<Result> | undefined} */
let inNode;

/** @returns {Promise<Result>} what Node computes with the same tarball */
export function expectedResult() {
  inNode ??= runIn(createProject('in-node', { 'main.js': PROGRAM }), process.execPath, ['main.js']).then(
    ({ output }) => JSON.parse(output),
  );
  return inNode;
}

/** @param {Result} actual */
export async function assertResult(actual) {
  const expected = await expectedResult();
  assert.deepEqual(actual.shape, expected.shape);
  // The builds differ in how they round.
  const tolerance = 1e-4 * Math.max(...expected.embedding);
  expected.embedding.forEach((value, index) => {
    assert.ok(
      Math.abs(value - actual.embedding[index]) <= tolerance,
      `${actual.embedding[index]}, not ${value}`,
    );
  });
}

/**
 * Runs a program that prints a Result and nothing else: no warning either.
 *
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 */
export async function assertPrintsResult(folder, command, args) {
  const { status, output } = await runIn(folder, command, args);
  assert.equal(status, 0, output);
  assert.match(output, /^\{.*\}\n$/);
  await assertResult(JSON.parse(output));
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {string} path of a program of an installed package
 */
export function program(folder, name) {
  return join(folder, 'node_modules/.bin', name);
}
