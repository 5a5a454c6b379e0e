import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('.', import.meta.url));

/** The files of node:test in a folder below tests/, from the repository on. @param {string} folder */
export function testFiles(folder) {
  const files = /** @type {string[]} */ (readdirSync(join(tests, folder), { recursive: true }));
  return files.filter((file) => file.endsWith('.test.js')).map((file) => join('tests', folder, file));
}
