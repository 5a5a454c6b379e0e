import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { EdgeL3Error } from '../node.js';

/**
 * @typedef {object} Input
 * @property {string} path
 * @property {string} below in which folder below an input it stands: '' unless folders are searched recursively
 */

/** What files are called that can be read. In a folder all others are passed over; one that is named is tried. */
const SOUND_FILE = /\.(wav|wave|bwf|rf64|aif|aiff|aifc|flac|ogg|oga|opus|mp3)$/i;

/**
 * The files that are meant: a folder stands for the sound files in it, in the order of their names, without hidden
 * ones. A path that does not exist stays, to be reported.
 *
 * @param {AsyncIterable<string> | Iterable<string>} paths
 * @param {{ recursive: boolean }} options whether a folder stands for all below it
 * @returns {AsyncGenerator<Input>}
 */
export async function* listInputs(paths, { recursive }) {
  for await (const path of paths) {
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (!isFolder) yield { path, below: '' };
    else
      for await (const file of listFolder(path, recursive)) {
        yield { path: file, below: relative(path, dirname(file)) };
      }
  }
}

/**
 * @param {string} source a file with a path in each line, or '-' for standard input
 * @returns {AsyncGenerator<string>} the paths, as they come
 * @throws {EdgeL3Error} file_unreadable
 */
export async function* readPaths(source) {
  const input = source === '-' ? process.stdin : createReadStream(source);
  input.setEncoding('utf8');
  let rest = '';
  try {
    for await (const text of input) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
    }
  } catch (cause) {
    const { message } = /** @type {Error} */ (cause);
    throw new EdgeL3Error('file_unreadable', `The list of files could not be read: ${message}.`, cause);
  }
  if (rest !== '') yield rest;
}

/**
 * @param {string} folder
 * @param {boolean} recursive
 * @returns {AsyncGenerator<string>}
 */
async function* listFolder(folder, recursive) {
  const entries = await readdir(folder, { withFileTypes: true });
  const visible = entries.filter(({ name }) => !name.startsWith('.'));
  for (const entry of visible.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      if (SOUND_FILE.test(entry.name)) yield path;
    } else if (recursive) {
      yield* listFolder(path, true);
    }
  }
}
