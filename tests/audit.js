/**
 * Asks the registry of npm whether a vulnerability is known in a package that this one is built or tested with. Where the
 * registry does not answer that question it says so, and nothing is checked.
 */

import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
const { metadata, vulnerabilities, message } = JSON.parse(stdout || '{}');
if (!metadata) {
  console.log(`SKIPPED: the registry gives no answer (${message})`);
} else {
  console.log(JSON.stringify(metadata.vulnerabilities));
  for (const { name, severity, range } of Object.values(vulnerabilities)) {
    console.log(`${severity}: ${name} ${range}`);
  }
  if (metadata.vulnerabilities.total > 0) process.exitCode = 1;
}
