import { basename } from 'node:path';
import { mapOf, poolOverTime, readAudioFile } from '../node.js';
import { ANALYSIS_HELP, ANALYSIS_OPTIONS, listFiles, reportNoFiles, withModel } from './analysis_options.js';
import { embedCollection } from './collection.js';
import { EXIT_FAILED } from './exit_codes.js';
import { clipOf, toPage } from './map_page.js';
import { toNumber } from './options.js';
import { ProgressLine } from './progress_line.js';
import { checkOutput, saveText } from './save_text.js';
import { print } from './standard_output.js';
import { UsageError } from './usage_error.js';

const HELP = `edgel3 map: a page on which files that sound alike lie close

Usage: edgel3 map [options] INPUT... -o map.html

Writes one page that needs nothing else: a point for each file, its name where the pointer is, and a click to hear its first
seconds, which are in the page.

  -o, --output FILE            where to write the page
      --overwrite              replace FILE
      --seed N                 another map of the same (default: 1)
${ANALYSIS_HELP}`;

/** @type {import('./commands.js').Command} */
export const map = {
  help: HELP,
  options: {
    output: { short: 'o', value: 'FILE' },
    overwrite: {},
    seed: { value: 'N', isNumber: true },
    ...ANALYSIS_OPTIONS,
  },
  async run({ values, operands }, signal) {
    if (operands.length === 0) throw new UsageError('it is: edgel3 map INPUT... -o FILE');
    const output = await checkOutput(
      /** @type {string | undefined} */ (values.output),
      values.overwrite === true,
    );
    const { paths, unreadable } = await listFiles(operands, values);
    if (paths.length === 0) return reportNoFiles(operands);
    return withModel(values, 0.5, signal, async (options) => {
      const { files, failed } = await embedCollection(paths, options);
      if (files.length === 0) return EXIT_FAILED;
      const line = new ProgressLine(!options.quiet);
      const points = await mapOf(
        files.map(({ rows }) => poolOverTime(rows)),
        {
          seed: toNumber('seed', values),
          signal,
          onProgress: ({ done, total }) => line.draw(done / total, 'drawing the map'),
        },
      );
      line.clear();
      const sounds = [];
      for (const [index, { path }] of files.entries()) {
        const [x, y] = points[index];
        const clip = clipOf(await readAudioFile(path), files.length);
        sounds.push({ name: basename(path), path, x, y, clip });
      }
      await saveText(output, toPage(sounds));
      if (!options.quiet) print(`${files.length} files -> ${output}\n`);
      return failed + unreadable === 0 ? 0 : EXIT_FAILED;
    });
  },
};
