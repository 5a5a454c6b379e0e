/** The packages of package-lock.json, installed in node_modules. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { announce, run } from './step.js';

const modified = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export function ensureNpmPackages(/** @type {string} */ repository) {
  // npm writes node_modules/.package-lock.json last.
  const installed = modified(join(repository, 'node_modules/.package-lock.json'));
  if (installed > modified(join(repository, 'package-lock.json'))) return;
  announce('installing the npm packages');
  run('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: repository,
    advice: "Run 'npm ci' by hand where the npm registry can be reached, and start again.",
  });
}
