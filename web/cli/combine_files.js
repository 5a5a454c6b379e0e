import { EmbeddingTable } from '../node.js';
import { EXIT_FAILED } from './exit_codes.js';
import { forEachAtOnce } from './for_each_at_once.js';
import { loadModel } from './load_model.js';
import { isUsageError } from './usage_error.js';

/** @import { EmbedArguments } from './embed_arguments.js' */
/** @import { Input } from './inputs.js' */
/** @import { Report } from './report.js' */

/**
 * Embeds files into one table, several at once. One that fails is reported, and the others go on; what is in the table
 * already is skipped, and fails if it is of another sound.
 *
 * @param {AsyncIterable<Input> | Input[]} files
 * @param {Report} report
 * @param {EmbedArguments} args with `combine`
 * @param {AbortSignal} interrupt
 * @returns {Promise<number>} exit code
 */
export async function combineFiles(files, report, args, interrupt) {
  const { combine = '', table: choices } = args;
  const fatal = new AbortController();
  const signal = AbortSignal.any([interrupt, fatal.signal]);
  const model = await loadModel({ ...args.model, signal });
  try {
    const { hopSize, center, ffmpeg, from, to } = args.file;
    const options = { ...choices, hopSize, center, ffmpeg, from, to, model, overwrite: args.overwrite };
    const table = await EmbeddingTable.open(combine, options);
    /** @type {Set<string>} */
    const named = new Set();
    try {
      await forEachAtOnce(files, args.jobs, async ({ path }) => {
        if (named.has(path)) return report.passedOver(path, 'a file that was named before');
        named.add(path);
        try {
          const found = await table.find(path);
          if (found !== 'absent') return report.skipped(path, combine, found === 'same');
          const shape = await table.add(path, {
            signal,
            onProgress: (progress) => report.progress(path, progress),
            onWarning: (warning) => report.warning(path, warning),
          });
          report.done(path, combine, shape);
        } catch (error) {
          if (isUsageError(error)) fatal.abort();
          if (signal.aborted) throw error;
          report.failure(path, error);
        }
      });
    } catch (error) {
      await table.close();
      throw error;
    }
    await table.finish();
    report.end();
  } finally {
    report.clear();
    model.close();
  }
  return report.failed === 0 ? 0 : EXIT_FAILED;
}
