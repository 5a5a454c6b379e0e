// The pages in the tarball: what they link to is there too, or has an address of its own.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { createProject } from './project.js';

const root = join(createProject('links', {}), 'node_modules/edgel3');
const pages = /** @type {string[]} */ (readdirSync(root, { recursive: true })).filter((name) =>
  name.endsWith('.md'),
);

/** As GitHub makes an anchor of a heading. @param {string} heading */
const toAnchor = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-');

/** @param {string} path */
function anchorsIn(path) {
  const text = readFileSync(path, 'utf8').replaceAll(/^```.*?^```$/gms, '');
  return [...text.matchAll(/^#+ (?<heading>.*)$/gm)].map(({ groups }) => toAnchor(groups?.heading ?? ''));
}

describe('the links of the packed pages', () => {
  assert.ok(pages.includes('README.md') && pages.includes('docs/classifier.md'));
  for (const page of pages) {
    test(`${page} leads to what is in the package`, () => {
      const text = readFileSync(join(root, page), 'utf8');
      for (const [, target] of text.matchAll(/\]\((?<target>[^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [path, anchor] = target.split('#');
        const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
        assert.ok(existsSync(file), `${page} links to ${target}`);
        if (anchor)
          assert.ok(anchorsIn(file).includes(anchor), `${page}: there is no #${anchor} in ${path || page}`);
      }
    });
  }
});
