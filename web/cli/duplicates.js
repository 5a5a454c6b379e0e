import { duplicateSounds } from '../node.js';
import {
  ANALYSIS_HELP,
  ANALYSIS_OPTIONS,
  listFiles,
  reportNoFiles,
  tablePrinter,
  withModel,
} from './analysis_options.js';
import { embedCollection } from './collection.js';
import { EXIT_FAILED } from './exit_codes.js';
import { toNumber } from './options.js';
import { print as printText } from './standard_output.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 duplicates: find files that are the same sound

Usage: edgel3 duplicates [options] INPUT...

Prints groups of files that hold the same recording, also after compression, at another loudness, or trimmed, with an empty
line between groups; as csv or jsonl, the number of the group with each file. Files shorter than a second are not told apart
well. Two sirens of nearly the same pitch may be taken for one: listen before you delete. Windows are 0.02 s apart; with --hop-size 0.1
it takes a fifth of the time, and does not find every part of a sound.

      --threshold N            the least similarity (the mean cosine) of duplicates, at most 1 (default: 0.95)
      --format FORMAT          text, csv or jsonl (default: text)
${ANALYSIS_HELP}`;

/** Seconds. Where a sound was cut is found to half of it: knocks that are 30 ms off are no longer the same to the network. */
const HOP_SIZE = 0.02;

/** Seconds of a window. */
const WINDOW = 1;

/** @type {import('./commands.js').Command} */
export const duplicates = {
  help: HELP,
  options: {
    threshold: { value: 'N', isNumber: true },
    format: { value: 'FORMAT' },
    ...ANALYSIS_OPTIONS,
  },
  async run({ values, operands }, signal) {
    if (operands.length === 0) throw new UsageError('it is: edgel3 duplicates INPUT...');
    const isText = (values.format ?? 'text') === 'text';
    const print = tablePrinter(values, ['group', 'file']);
    const { paths, unreadable } = await listFiles(operands, values);
    if (paths.length === 0) return reportNoFiles(operands);
    return withModel(values, HOP_SIZE, signal, async (options) => {
      const { files, failed } = await embedCollection(paths, options);
      const groups = duplicateSounds(files.map(wholeWindows), { threshold: toNumber('threshold', values) });
      for (const [number, group] of groups.entries()) {
        if (isText && number > 0) printText('\n');
        for (const index of group) {
          const { path } = files[index];
          if (isText) printText(`${path}\n`);
          else print([number + 1, path]);
        }
      }
      return failed + unreadable === 0 ? 0 : EXIT_FAILED;
    });
  },
};

/**
 * The windows that hold nothing but the sound: what stands behind a cut is another sound's end.
 *
 * @param {import('./collection.js').EmbeddedFile} file
 */
function wholeWindows({ rows, hopSize, seconds }) {
  const count = 1 + Math.floor((seconds - WINDOW) / hopSize + 1e-6);
  return rows.slice(0, Math.max(1, count));
}
