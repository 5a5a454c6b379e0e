/**
 * Prints which lines of web/ ran, file by file, and which did not: `node tests/coverage.js FOLDER`, behind a run with
 * NODE_V8_COVERAGE=FOLDER on what `node web/build.js --source-maps` built. Lines that only pages run are not seen. Not by
 * c8: of a bundle of many files it says that every line ran.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {{ startOffset: number, endOffset: number, count: number }} Range in characters */
/** @typedef {{ url: string, functions: { ranges: Range[] }[] }} Script what V8 counted */

const repository = String(new URL('../', import.meta.url));
const web = fileURLToPath(new URL('web/', repository));

/** @type {Map<string, Map<number, boolean>>} by file: by line, whether it ran in any process */
const files = new Map();

/** @param {string} file @param {number} line from 0 @param {boolean} ran */
function note(file, line, ran) {
  const lines = files.get(file) ?? new Map();
  files.set(file, lines.set(line, ran || lines.get(line) === true));
}

/** How often each character ran. @param {Script} script @param {number} length */
function countsOf({ functions }, length) {
  const counts = new Uint32Array(length).fill(1);
  // The ranges of a function, and functions within others, come behind what they lie in.
  for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
    counts.fill(count, startOffset, endOffset);
  }
  return counts;
}

/** @param {Script} script @param {any} map of the bundle */
function noteScript(script, map) {
  // Some tests run copies of dist/, which are gone by now.
  const url = script.url.startsWith(repository)
    ? script.url
    : new URL(`dist/${basename(script.url)}`, repository);
  const path = fileURLToPath(url);
  const text = readFileSync(path, 'utf8');
  const counts = countsOf(script, text.length);
  const sources = map && new SourceMap(map);
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const column = line.search(/\S/);
    // Brackets and comments stand where they must, whatever runs.
    if (column >= 0 && !/^\s*([)\]}{;,]*|else|\/?\*.*|\/\/.*)\s*$/.test(line)) {
      const ran = counts[start + column] > 0;
      if (!sources) note(path, index, ran);
      else {
        const { originalSource, originalLine } = sources.findEntry(index, column);
        const source = originalSource?.match(/(?<=\/)web\/(?!.*\/(web|node_modules)\/).*/)?.[0];
        if (source) note(fileURLToPath(new URL(source, repository)), originalLine, ran);
      }
    }
    start += line.length + 1;
  }
}

/** @param {string} path @returns {any} undefined where a test has killed the process while it wrote */
function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

const folder = process.argv[2];
for (const name of readdirSync(folder)) {
  const { result = [], 'source-map-cache': maps = {} } = readCounts(join(folder, name)) ?? {};
  for (const script of result) {
    if (maps[script.url]?.data || script.url.startsWith(`${repository}web/`)) {
      noteScript(script, maps[script.url]?.data);
    }
  }
}

let [all, ran] = [0, 0];
for (const [file, lines] of [...files].sort()) {
  if (!file.startsWith(web)) continue;
  const missed = [...lines].filter(([, ran]) => !ran).map(([line]) => line + 1);
  all += lines.size;
  ran += lines.size - missed.length;
  const share = (100 * (1 - missed.length / lines.size)).toFixed(0).padStart(3);
  console.log(`${share} %  ${relative(web, file)}  ${missed.sort((a, b) => a - b).join(' ')}`);
}
console.log(`${((100 * ran) / all).toFixed(1)} % of ${all} lines of web/ ran`);
