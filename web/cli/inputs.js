import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The files that are meant by the inputs: a folder stands for the files in it, one level deep, in the order of their
 * names, without hidden ones and those that an earlier run wrote. A path that does not exist stays, to be reported.
 *
 * @param {string[]} inputs
 * @returns {Promise<string[]>}
 */
export async function listFiles(inputs) {
  const lists = await Promise.all(
    inputs.map((input) => isFolder(input).then((is) => (is ? listFolder(input) : [input]))),
  );
  return lists.flat();
}

/** @param {string} path */
async function isFolder(path) {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** @param {string} folder */
async function listFolder(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(({ name }) => !name.startsWith('.') && !name.endsWith('.npz'))
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}
