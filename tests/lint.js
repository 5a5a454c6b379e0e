/**
 * Holds the C++ sources against the rules of .clang-tidy: `node tests/lint.js`, after the set-up. A file that has passed
 * is left out until its text, that of a header of ours which it includes, its command or the rules change; what has
 * passed is kept beside what the set-up fetched. The native build shows clang-tidy the core and its tests, the relaxed
 * WebAssembly build the bindings and the benchmark.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildPreset } from '../wasm/cmake.js';
import { cacheFolder } from '../wasm/setup/cache.js';
import { runProcess } from './runner/process.js';
import { repository } from './runner/source.js';

const CLANG_TIDY = 'clang-tidy-19';

/** Whose files each preset compiles as they are meant to be. */
const FOLDERS = {
  native: ['src', 'tests/src', 'tests/native', 'tests/fuzz/native'],
  'wasm-relaxed': ['wasm', 'tests/benchmarks'],
};

/** Where includes in quotes are looked for, besides the file's own folder. */
const INCLUDE_FOLDERS = ['src', 'tests/src', 'tests/fuzz/native', 'tests/benchmarks/core'];

const passed = join(cacheFolder, 'clang-tidy');
const read = (/** @type {string} */ file) => readFileSync(join(repository, file), 'utf8');

/**
 * @typedef {object} Source
 * @property {string} file from the repository on
 * @property {string[]} command of clang-tidy
 * @property {string} key of all that its verdict depends on
 */

/**
 * @param {keyof typeof FOLDERS} preset
 * @param {string} version of clang-tidy
 * @returns {Promise<Source[]>}
 */
async function sourcesOf(preset, version) {
  const build = join('build', preset);
  // Takes notice of new files.
  await buildPreset(preset, ['rebuild_cache']);
  /** @type {{ file: string, command: string }[]} */
  const commands = JSON.parse(read(join(build, 'compile_commands.json')));
  const flags = preset === 'native' ? [] : await emscriptenFlags(commands[0].command);
  return commands
    .map(({ file, command }) => ({ file: relative(repository, file), command }))
    .filter(({ file }) => FOLDERS[preset].some((folder) => file.startsWith(`${folder}/`)))
    .map(({ file, command }) => ({
      file,
      command: [CLANG_TIDY, '-p', build, '--quiet', ...flags, file],
      key: createHash('sha256')
        .update(JSON.stringify([version, flags, command.replaceAll(repository, '')]))
        .update(JSON.stringify([...rulesOf(file), ...withHeaders(file)].map((file) => [file, read(file)])))
        .digest('hex'),
    }));
}

/** What em++ tells clang about its target. @param {string} command of a compilation @returns {Promise<string[]>} */
async function emscriptenFlags(command) {
  const { stdout } = await runProcess([command.split(' ')[0].replace(/emcc$/, 'em++'), '--cflags']);
  return stdout
    .trim()
    .split(/\s+/)
    .map((flag) => `--extra-arg=${flag}`);
}

/** The rules in a file's folder and those above. @param {string} file @returns {string[]} */
function rulesOf(file) {
  const folder = dirname(file);
  const own = join(folder, '.clang-tidy');
  return [...(existsSync(join(repository, own)) ? [own] : []), ...(folder === '.' ? [] : rulesOf(folder))];
}

/** A file and the headers of ours that it includes, and that these include. @param {string} file */
function withHeaders(file) {
  const files = new Set([file]);
  // A set is walked to what is added meanwhile.
  for (const includer of files) {
    for (const [, name] of read(includer).matchAll(/^\s*#\s*include\s+"([^"]+)"/gm)) {
      const places = [dirname(includer), ...INCLUDE_FOLDERS].map((folder) => join(folder, name));
      const found = places.find((place) => existsSync(join(repository, place)));
      if (found) files.add(found);
    }
  }
  return files;
}

const { stdout: version } = await runProcess([CLANG_TIDY, '--version']);
const sources = [...(await sourcesOf('native', version)), ...(await sourcesOf('wasm-relaxed', version))];
const changed = sources.filter(({ key }) => !existsSync(join(passed, key)));
console.log(`clang-tidy: ${changed.length} of ${sources.length} files have changed since they passed`);
mkdirSync(passed, { recursive: true });

const waiting = changed.values();
/** Takes files until there are none; two of these fill two cores. */
async function lint() {
  for (const { command, key } of waiting) {
    const { status, output } = await runProcess(command);
    if (status === 0) writeFileSync(join(passed, key), '');
    else {
      console.error(`${output.trim()}\n`);
      process.exitCode = 1;
    }
  }
}
await Promise.all([lint(), lint()]);
