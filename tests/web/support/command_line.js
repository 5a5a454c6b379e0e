import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sound } from './sounds.js';
import { int16, wavFile } from './wav_file.js';

export const program = fileURLToPath(new URL('../../../dist/cli/edgel3.js', import.meta.url));

/** One and a half seconds: 11 windows at the default hop. */
export const wav = wavFile({
  data: int16(Array.from(sound(12_000, 8000), (sample) => Math.round(sample * 32768))),
});

/** Folder of everything that the tests of a file write. */
export const root = mkdtempSync(join(tmpdir(), 'edgel3-test-'));
after(() => rmSync(root, { recursive: true }));

/** @returns {string} a fresh folder with a.wav and b.wav */
export function makeFolder() {
  const folder = mkdtempSync(join(root, 'run-'));
  for (const name of ['a.wav', 'b.wav']) writeFileSync(join(folder, name), wav);
  return folder;
}

/**
 * @param {string} folder to run in
 * @param {string[]} args
 */
export function start(folder, args) {
  const env = { ...process.env, EDGEL3_CACHE: join(root, 'cache') };
  return spawn(process.execPath, [program, ...args], { cwd: folder, env });
}

/**
 * @param {string} folder to run in
 * @param {string[]} args
 * @param {string | Uint8Array} [input] standard input
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export async function run(folder, args, input = '') {
  const { code, stdout, stderr } = await outcome(start(folder, args), input);
  return { code, stdout: String(stdout), stderr };
}

/**
 * @param {ReturnType<typeof start>} child
 * @param {string | Uint8Array} [input] standard input; undefined: stays open
 * @returns {Promise<{ code: number, stdout: Buffer, stderr: string }>}
 */
export async function outcome(child, input) {
  // A program that ends early does not read it all.
  child.stdin.on('error', () => {});
  if (input !== undefined) child.stdin.end(input);
  /** @type {Buffer[]} */
  const stdout = [];
  let stderr = '';
  child.stdout.on('data', (bytes) => stdout.push(bytes));
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  return { code, stdout: Buffer.concat(stdout), stderr };
}

/** Lines in the order of the alphabet, since files are done in any. @param {string} text */
export function linesOf(text) {
  return text.split('\n').slice(0, -1).sort();
}
