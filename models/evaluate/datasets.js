import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {{ path: string, fold: number, label: string }} Clip of a dataset; `fold`: as it was published */

/**
 * A dataset as it is unpacked: a table that names its clips, and their files.
 *
 * @typedef {object} Dataset
 * @property {string} name
 * @property {string[]} table path of the table, in the dataset's folder
 * @property {(row: Record<string, string>) => string[]} file path of a clip, in the dataset's folder
 * @property {string} label column of the clips' labels
 */

/** @type {Record<'esc50' | 'urbansound8k', Dataset>} by the options that name their folders */
export const DATASETS = {
  esc50: {
    name: 'ESC-50',
    table: ['meta', 'esc50.csv'],
    file: ({ filename }) => ['audio', filename],
    label: 'category',
  },
  urbansound8k: {
    name: 'UrbanSound8K',
    table: ['metadata', 'UrbanSound8K.csv'],
    file: ({ fold, slice_file_name }) => ['audio', `fold${fold}`, slice_file_name],
    label: 'class',
  },
};

/**
 * @param {Dataset} dataset
 * @param {string} folder in which it is
 * @returns {Promise<Clip[]>}
 * @throws {Error} if the table is not there, or names no fold of a clip
 */
export async function listClips({ name, table, file, label }, folder) {
  const path = join(folder, ...table);
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Error(`${folder} does not hold ${name}: ${path} could not be read (${cause.code}).`);
  });
  // No field of these tables has a comma in it, so none is quoted.
  const [head, ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  const columns = head.split(',');
  return lines.map((line, index) => {
    const fields = line.split(',');
    const row = Object.fromEntries(columns.map((column, k) => [column, fields[k]]));
    const fold = Number(row.fold);
    if (!(fold > 0) || !row[label]) throw new Error(`${path}: clip ${index + 1} has no fold or no ${label}.`);
    return { path: join(folder, ...file(row)), fold, label: row[label] };
  });
}
