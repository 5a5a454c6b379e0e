// Holds the house together: which room may know which. The floors stand in floors.json, the highest first.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
/** @type {{ web: string[][], src: string[][] }} */
const floors = JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8'));

/** Rooms whose code runs wherever JavaScript does. */
const RUNS_ANYWHERE = ['decoders', 'outputs', 'weights', 'analysis', 'common'];

/** What is described in web/ but made by the build of the core, beside all floors. */
const GENERATED = 'edgel3-core.js';

/**
 * @param {string} folder of the repository
 * @param {RegExp} ending
 * @returns {{ path: string, text: string }[]} paths from the folder on
 */
function readSources(folder, ending) {
  const root = join(repository, folder);
  const files = /** @type {string[]} */ (readdirSync(root, { recursive: true }));
  return files
    .filter((path) => ending.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const scripts = readSources('web', /\.js$/);
const sources = readSources('src', /\.(cc|h)$/);

/**
 * Everything a module names: its imports, its dynamic imports, and those of its types; not those of modules that it
 * writes, whose names it fills in.
 *
 * @param {string} text
 */
function specifiersOf(text) {
  return Array.from(text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^'$]+)'/g), ([, name]) => name);
}

/**
 * The part of a path that has a floor: a room, or a file that stands on another floor than its room.
 *
 * @param {string[][]} order
 * @param {string} path
 */
function roomOf(order, path) {
  const names = path.replace(/\\/g, '/').replace(/\.(cc|h)$/, '');
  return order.flat().includes(names) ? names : names.split('/')[0];
}

/**
 * @param {string[][]} order
 * @param {string} from
 * @param {string} to
 * @returns {boolean} whether the one lies higher than the other, or both are the same room
 */
function mayKnow(order, from, to) {
  const level = (/** @type {string} */ room) => order.findIndex((floor) => floor.includes(room));
  return from === to || level(from) < level(to);
}

test('every room of web/ and src/ has its floor', () => {
  for (const [folder, files] of /** @type {const} */ ([
    ['web', scripts],
    ['src', sources],
  ])) {
    const rooms = new Set(files.map(({ path }) => roomOf(floors[folder], path)));
    assert.deepEqual([...rooms].sort(), floors[folder].flat().sort());
  }
});

test('web/: no import leads from a lower floor to a higher one', () => {
  const upwards = [];
  for (const { path, text } of scripts) {
    for (const name of specifiersOf(text)) {
      const target = name.startsWith('#platform') ? 'platform/' : normalize(join(dirname(path), name));
      if (!/^[.#]/.test(name) || target.startsWith('..') || target === GENERATED) continue;
      if (!mayKnow(floors.web, roomOf(floors.web, path), roomOf(floors.web, target)))
        upwards.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(upwards, []);
});

test('src/: no include leads from a lower floor to a higher one, or beside it', () => {
  const upwards = [];
  for (const { path, text } of sources) {
    for (const [, target] of text.matchAll(/#include "([^"]+)"/g)) {
      if (!existsSync(join(repository, 'src', target))) continue;
      if (!mayKnow(floors.src, roomOf(floors.src, path), roomOf(floors.src, target)))
        upwards.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(upwards, []);
});

test('rooms that run anywhere know nothing of Node', () => {
  const known = [];
  for (const { path, text } of scripts.filter((script) =>
    RUNS_ANYWHERE.includes(roomOf(floors.web, script.path)),
  )) {
    for (const name of specifiersOf(text)) {
      if (name.startsWith('node:') || builtinModules.includes(name)) known.push(`${path} -> ${name}`);
    }
    if (/\bBuffer\b/.test(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))) known.push(`${path} uses Buffer`);
  }
  assert.deepEqual(known, []);
});

test('the demo and the command line import only what the package exports', () => {
  const past = [];
  for (const { path, text } of scripts.filter((script) =>
    ['demo', 'cli'].includes(roomOf(floors.web, script.path)),
  )) {
    for (const name of specifiersOf(text).filter((specifier) => specifier.startsWith('.'))) {
      const target = normalize(join(dirname(path), name));
      if (roomOf(floors.web, target) !== roomOf(floors.web, path) && target !== 'node.js')
        past.push(`${path} -> ${target}`);
    }
  }
  assert.deepEqual(past, []);
});

test('the core knows no clock', () => {
  const clocks = sources.filter(({ text }) => /<chrono>|<ctime>|emscripten_get_now/.test(text));
  assert.deepEqual(
    clocks.map(({ path }) => path),
    [],
  );
});
