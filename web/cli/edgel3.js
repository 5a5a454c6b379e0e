#!/usr/bin/env node
// What is installed as `edgel3`. It imports nothing at its top: of a Node that is too old nobody would learn more than that
// it does not know some import.

/** As in package.json. */
const OLDEST = [20, 16];

const { node } = process.versions;
const [major, minor] = node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(`edgel3: Node ${OLDEST.join('.')} or later is needed, and this is Node ${node}.`);
  process.exitCode = 1;
} else {
  import('./main.js');
}
