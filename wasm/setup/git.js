/** Sources by git, which names and checks them by the id of their commit. */

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './debian_packages.js';
import { announce, run, SetupError } from './step.js';

/** @typedef {{ url: string, commit: string }} Commit `commit`: its full id */

/**
 * Puts the files of one commit into a folder, without any history.
 *
 * @param {Commit} commit
 * @param {string} folder
 * @param {string} advice the sentence for the user when that fails
 */
export function checkOutCommit({ url, commit }, folder, advice) {
  if (!onPath('git')) throw new SetupError('Install git, so that it is on PATH, and start again.');
  announce(`fetching ${commit.slice(0, 7)} of ${url}`);
  mkdirSync(folder, { recursive: true });
  const git = (/** @type {string[]} */ ...args) => run('git', args, { cwd: folder, advice });
  git('init', '--quiet');
  git('fetch', '--quiet', '--depth', '1', url, commit);
  git('checkout', '--quiet', '--detach', commit);
  rmSync(join(folder, '.git'), { recursive: true });
}
