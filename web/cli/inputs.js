import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { EdgeL3Error, soundFormats } from '../node.js';
import { identityOf } from './file_identity.js';

/** @import { Dirent } from 'node:fs' */
/** @import { Report } from './report.js' */

/**
 * @typedef {object} Input
 * @property {string} path
 * @property {string} below in which folder below an input it stands: '' unless folders are searched recursively
 * @property {string} [identity] as `identify` has it; absent from what was found in a folder, and from what is not there
 */

/**
 * @typedef {object} InputOptions
 * @property {boolean} recursive whether a folder stands for all below it
 * @property {boolean} [ffmpeg] whether ffmpeg decodes what is not read otherwise
 */

/** @typedef {Pick<Report, 'passedOver' | 'failure'>} Listener of what is not yielded */

/**
 * The files that are meant: a folder stands for the sound files in it, in the order of their names, without hidden
 * ones. Sounds in it that are not taken are reported, and so is a folder that cannot be read. A path that does not exist
 * stays, to be reported as well.
 *
 * @param {AsyncIterable<string> | Iterable<string>} paths
 * @param {InputOptions} options
 * @param {Listener} report
 * @returns {AsyncGenerator<Input>}
 */
export async function* listInputs(paths, options, report) {
  for await (const path of paths) {
    const entry = await stat(path, { bigint: true }).catch(() => undefined);
    if (entry?.isDirectory()) yield* listFolder(path, '', options, report);
    else yield { path, below: '', identity: identityOf(entry) };
  }
}

/**
 * @param {string} source a file of paths, or '-' for standard input
 * @param {string | RegExp} separator what stands between two paths
 * @returns {AsyncGenerator<string>} the paths, as they come
 * @throws {EdgeL3Error} file_unreadable
 */
export async function* readPaths(source, separator) {
  const input = source === '-' ? process.stdin : createReadStream(source);
  input.setEncoding('utf8');
  let rest = '';
  try {
    for await (const text of input) {
      const paths = (rest + text).split(separator);
      rest = paths.pop() ?? '';
      yield* paths.filter((path) => path !== '');
    }
  } catch (cause) {
    const [reason] = /** @type {Error} */ (cause).message.split(', ');
    throw new EdgeL3Error('file_unreadable', `The list of files could not be read: ${reason}.`, cause);
  }
  if (rest !== '') yield rest;
}

/**
 * @param {string} folder
 * @param {string} below
 * @param {InputOptions} options
 * @param {Listener} report
 * @returns {AsyncGenerator<Input>}
 */
async function* listFolder(folder, below, options, report) {
  /** @type {Dirent[]} */
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const [reason] = /** @type {Error} */ (cause).message.split(', ');
    report.failure(
      folder,
      new EdgeL3Error('file_unreadable', `The folder could not be read: ${reason}.`, cause),
    );
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // Not join, which would take 'link/..' for '.'.
    const path = folder.endsWith(sep) ? folder + entry.name : folder + sep + entry.name;
    const kind = await kindOf(entry, path);
    const isHidden = entry.name.startsWith('.');
    const format = soundFormats.find(({ endings }) => endings.includes(endingOf(entry.name)));
    if (kind === 'folder' && !isHidden) {
      if (options.recursive) yield* listFolder(path, join(below, entry.name), options, report);
      else report.passedOver(path, 'a folder, in which --recursive looks');
    } else if (kind === 'linked folder' && !isHidden) {
      report.passedOver(path, 'a link to a folder, which is taken where it is named');
    } else if (format && kind !== 'folder' && kind !== 'linked folder') {
      if (isHidden) report.passedOver(path, 'a hidden file, which is taken where it is named');
      else if (kind !== 'file') report.passedOver(path, 'no file, but a pipe or a device');
      else if (format.isRead || options.ffmpeg) yield { path, below };
      else report.passedOver(path, `${format.name}, which is read where the program ffmpeg is on PATH`);
    }
  }
}

/**
 * @param {Dirent} entry
 * @param {string} path
 * @returns {Promise<'file' | 'folder' | 'linked folder' | 'other'>} of a link what it leads to; a file if that is not there
 */
async function kindOf(entry, path) {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFile()) return 'file';
  if (!entry.isSymbolicLink()) return 'other';
  const target = await stat(path).catch(() => undefined);
  if (target?.isDirectory()) return 'linked folder';
  return target === undefined || target.isFile() ? 'file' : 'other';
}

/** @param {string} name @returns {string} as a format has it */
function endingOf(name) {
  return extname(name).slice(1).toLowerCase();
}
