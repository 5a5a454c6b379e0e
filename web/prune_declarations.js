/**
 * Removes the types in dist/ to which no public one leads: `node web/prune_declarations.js`, after web/declarations.js.
 * TypeScript writes those of every module, and comments that say what the module itself imports.
 */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const dist = new URL('dist/', root);

/** What a file of types imports, wherever it does. */
const IMPORTED = /(?:from |import\()['"](?<path>\.[^'"]+)\.js['"]/g;

const COMMENT = /^\/\*\* @import .*\*\/\n/gm;

const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const needed = new Set(
  [...JSON.stringify(exports).matchAll(/"types":"(?<path>[^"]+)"/g)].map(({ groups }) =>
    String(new URL(/** @type {{ path: string }} */ (groups).path, root)),
  ),
);
// Of the core, whose script tests import.
needed.add(String(new URL('edgel3-core.d.ts', dist)));
for (const url of needed) {
  const text = readFileSync(new URL(url), 'utf8').replaceAll(COMMENT, '');
  writeFileSync(new URL(url), text);
  for (const { groups } of text.matchAll(IMPORTED)) {
    needed.add(String(new URL(`${/** @type {{ path: string }} */ (groups).path}.d.ts`, url)));
  }
}
for (const file of /** @type {string[]} */ (readdirSync(dist, { recursive: true }))) {
  const url = new URL(file, dist);
  if (file.endsWith('.d.ts') && !needed.has(String(url))) rmSync(fileURLToPath(url));
}
