import { realpath } from 'node:fs/promises';
import { poolOverTime, SoundIndex } from '../node.js';
import {
  ANALYSIS_HELP,
  ANALYSIS_OPTIONS,
  listFiles,
  reportNoFiles,
  rounded,
  tablePrinter,
  withModel,
} from './analysis_options.js';
import { embedCollection } from './collection.js';
import { EXIT_FAILED } from './exit_codes.js';
import { toNumber } from './options.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 search: find the moments that sound most like a recording

Usage: edgel3 search [options] QUERY INPUT...

QUERY is a sound file, and INPUT are files and folders to search in. Prints file, time in seconds and similarity (the cosine,
at most 1) of the most similar seconds, the best first; moments that overlap in one file count once.

  -k, --count N                how many (default: 10)
      --format FORMAT          text, csv or jsonl (default: text)
${ANALYSIS_HELP}`;

/** Seconds of a window: nearer ones overlap. */
const WINDOW = 1;

/** @type {import('./commands.js').Command} */
export const search = {
  help: HELP,
  options: {
    count: { short: 'k', value: 'N', isNumber: true },
    format: { value: 'FORMAT' },
    ...ANALYSIS_OPTIONS,
  },
  async run({ values, operands: [query, ...inputs] }, signal) {
    if (query === undefined || inputs.length === 0)
      throw new UsageError('it is: edgel3 search QUERY INPUT...');
    const count = toNumber('count', values) ?? 10;
    if (!Number.isInteger(count) || count < 1)
      throw new UsageError(`--count must be a whole number from 1, not ${count}`);
    const print = tablePrinter(values, ['file', 'time', 'similarity']);
    const { paths, unreadable } = await listFiles(inputs, values);
    const files = await withoutFile(paths, query);
    if (files.length === 0) return reportNoFiles(inputs);
    return withModel(values, 0.5, signal, async (options) => {
      const wanted = await embedCollection([query], { ...options, quiet: true });
      if (wanted.failed > 0) return EXIT_FAILED;
      const { files: searched, failed } = await embedCollection(files, options);
      const index = new SoundIndex();
      /** @type {{ path: string, time: number }[]} */
      const moments = [];
      for (const { path, rows, hopSize } of searched) {
        for (const [k, row] of rows.entries()) {
          index.add(moments.length, row);
          moments.push({ path, time: k * hopSize });
        }
      }
      if (index.size > 0) {
        const all = index.search(poolOverTime(wanted.files[0].rows), { k: index.size });
        for (const { path, time, similarity } of apart(all, moments, count)) {
          print([path, rounded(time, 2), rounded(similarity, 4)]);
        }
      }
      return failed + unreadable === 0 ? 0 : EXIT_FAILED;
    });
  },
};

/**
 * @param {{ id: string | number, similarity: number }[]} results
 * @param {{ path: string, time: number }[]} moments by the ids
 * @param {number} count how many are wanted
 */
function apart(results, moments, count) {
  /** @type {{ path: string, time: number, similarity: number }[]} */
  const chosen = [];
  for (const { id, similarity } of results) {
    if (chosen.length === count) break;
    const { path, time } = moments[Number(id)];
    const isNear = chosen.some((other) => other.path === path && Math.abs(other.time - time) < WINDOW);
    if (!isNear) chosen.push({ path, time, similarity });
  }
  return chosen;
}

/**
 * @param {string[]} paths
 * @param {string} file
 * @returns {Promise<string[]>} the paths that are not the file's
 */
async function withoutFile(paths, file) {
  const canonical = (/** @type {string} */ path) => realpath(path).catch(() => path);
  const own = await canonical(file);
  const others = await Promise.all(paths.map(canonical));
  return paths.filter((_, i) => others[i] !== own);
}
