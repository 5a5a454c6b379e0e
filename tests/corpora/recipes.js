// What the tests of the engines in docs/many-files.md share.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProject, runIn } from '../package/project.js';
import { sound } from '../web/support/sounds.js';
import { int16, wavFile } from '../web/support/wav_file.js';

const page = readFileSync(new URL('../../docs/many-files.md', import.meta.url), 'utf8');

/** Seconds: so long that a machine can be lost in the middle. */
const SECONDS = [15, 16, 17, 18, 19, 20, 21, 22];

/**
 * A program of docs/many-files.md, whose name is marked there.
 *
 * @param {string} name
 */
function recipe(name) {
  const [, program] = new RegExp(`^\`\`\`\\w+ ${name}\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
  if (program === undefined) throw new Error(`docs/many-files.md has no ${name}.`);
  return program;
}

/**
 * A project with the package installed, in which are a recipe, recordings, and what their outputs must be.
 *
 * @param {string} name of the recipe
 * @returns {Promise<{ folder: string, paths: string[], outputs: string[], missing: () => string[], differing: () => string[] }>}
 *   `missing`: outputs that are not there yet; `differing`: those that are not what they must be
 */
export async function prepare(name) {
  const folder = createProject(name, { [name]: recipe(name) });
  mkdirSync(join(folder, 'recordings'));
  mkdirSync(join(folder, 'expected'));
  const names = SECONDS.map((seconds) => `${seconds}s`);
  const whole = Array.from(sound(8000 * Math.max(...SECONDS), 8000), (sample) => Math.round(sample * 32768));
  for (const [k, seconds] of SECONDS.entries()) {
    const data = int16(whole.slice(0, 8000 * seconds));
    writeFileSync(join(folder, 'recordings', `${names[k]}.wav`), wavFile({ data }));
  }
  const { status, output } = await runIn(folder, 'npx', ['edgel3', '-q', '-o', 'expected', 'recordings']);
  if (status !== 0) throw new Error(output);
  const outputs = names.map((one) => `${one}.npz`);
  const written = () => readdirSync(join(folder, 'recordings'));
  const bytes = (/** @type {string[]} */ ...path) => readFileSync(join(folder, ...path));
  return {
    folder,
    paths: names.map((one) => `recordings/${one}.wav`),
    outputs,
    missing: () => outputs.filter((output) => !written().includes(output)),
    differing: () =>
      outputs.filter((output) => !bytes('recordings', output).equals(bytes('expected', output))),
  };
}

/**
 * Waits until something holds.
 *
 * @param {() => unknown} condition
 */
export async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/**
 * Processes that have something in their environment, and all that they started.
 *
 * @param {string} setting such as NAME=value
 * @returns {number[]} their ids
 */
export function processesWith(setting) {
  /** @type {Map<number, number>} parents by id */
  const parents = new Map();
  const found = new Set();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const id = Number(entry);
      parents.set(id, parentOf(id));
      if (readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(setting)) found.add(id);
    } catch {
      // It has ended, or is another user's.
    }
  }
  const isBelow = (/** @type {number | undefined} */ id) => {
    for (; id !== undefined && id > 0; id = parents.get(id)) if (found.has(id)) return true;
    return false;
  };
  return [...parents.keys()].filter(isBelow);
}

/** @param {number} id of a process @returns {number} that of the one that started it */
export function parentOf(id) {
  return Number(/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
}
