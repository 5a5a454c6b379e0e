/** Configures and builds presets of CMakePresets.json. */

import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const repository = fileURLToPath(new URL('..', import.meta.url));
const modified = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds what has changed of a preset. It is configured anew where the set-up has moved something, and where an earlier
 * configuration did not come to its end.
 *
 * @param {string} preset
 * @param {string[]} [targets] by default what belongs to 'all'
 * @returns {Promise<string>} the folder of the build
 * @throws {Error} whose message is what CMake or the compiler printed
 */
export async function buildPreset(preset, targets = []) {
  const folder = join(repository, 'build', preset);
  const isConfigured =
    modified(join(folder, 'build.ninja')) > modified(join(repository, 'build/setup.cmake'));
  if (!isConfigured) await cmake('--fresh', '--preset', preset);
  await cmake('--build', '--preset', preset, ...targets.flatMap((target) => ['--target', target]));
  return folder;
}

async function cmake(/** @type {string[]} */ ...args) {
  try {
    await promisify(execFile)('cmake', args, { cwd: repository, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { stdout, stderr, message } = /** @type {{ stdout?: string, stderr?: string, message: string }} */ (
      error
    );
    throw new Error(`${stdout ?? ''}${stderr ?? ''}` || message);
  }
}
