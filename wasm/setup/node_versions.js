/** Other versions of Node than the one that runs already, from npm's registry: the tests run under them too. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.js';
import { announce, run } from './step.js';

/** The newest of each line that is maintained. */
export const NODE_VERSIONS = ['22.23.3', '24.21.0', '26.10.0'];

/** What the package `node` installs, by a script that npm may not be allowed to run. */
const platformPackage = `node-${process.platform}-${process.arch}`;

/**
 * @param {string} version
 * @returns {string} path of its program
 */
export function ensureNode(version) {
  const folder = cached(`node-${version}`, (temporary) => {
    announce(`installing Node ${version}`);
    run(
      'npm',
      ['install', '--prefix', temporary, '--no-audit', '--no-fund', `${platformPackage}@${version}`],
      {
        advice: 'Start again where the npm registry can be reached.',
      },
    );
    rmSync(join(temporary, 'node_modules', platformPackage, 'include'), { recursive: true });
  });
  return join(folder, 'node_modules', platformPackage, 'bin/node');
}
