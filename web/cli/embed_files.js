import { findOutput, processFile } from '../node.js';
import { EXIT_FAILED } from './exit_codes.js';
import { forEachAtOnce } from './for_each_at_once.js';
import { loadModel } from './load_model.js';
import { OutputFinder } from './output_finder.js';
import { OutputLost } from './output_lost.js';
import { isUsageError } from './usage_error.js';

/** @import { EmbedArguments } from './embed_arguments.js' */
/** @import { Input } from './inputs.js' */
/** @import { Report } from './report.js' */
/** @import { EmbeddingModel } from '../node.js' */

/**
 * Embeds files, several at once. One that fails is reported, and the others go on.
 *
 * @param {AsyncIterable<Input> | Input[]} files
 * @param {Report} report
 * @param {EmbedArguments} args
 * @param {AbortSignal} interrupt
 * @returns {Promise<number>} exit code
 */
export async function embedFiles(files, report, args, interrupt) {
  const fatal = new AbortController();
  const signal = AbortSignal.any([interrupt, fatal.signal]);
  const outputs = new OutputFinder(args.file);
  if (Array.isArray(files)) outputs.protect(files);
  /** @type {Promise<EmbeddingModel> | undefined} loaded when the first file needs it */
  let model;

  const embedFile = async (/** @type {Input} */ file) => {
    const { path } = file;
    try {
      const found = await outputs.find(file);
      if (!found) return report.passedOver(path, 'a file that was named before');
      const { output, outputDir, isThere } = found;
      model ??= loadModel({ ...args.model, signal }).catch((error) => {
        fatal.abort();
        throw error;
      });
      const options = { ...args.file, outputDir, overwrite: args.overwrite, model: await model };
      const isSkipped = async () => {
        const found = await findOutput(path, options);
        if (found !== 'absent') report.skipped(path, output, found === 'same');
        return found !== 'absent';
      };
      if (isThere && !args.overwrite && (await isSkipped())) return;
      const { shape } = await processFile(path, {
        ...options,
        signal,
        onProgress: (progress) => report.progress(path, progress),
        onWarning: (warning) => report.warning(path, warning),
      }).catch(async (error) => {
        // Meanwhile another process may have made the same.
        const mayBeThere = !args.overwrite && error.code === 'output_unwritable';
        if (signal.aborted || !mayBeThere || !(await isSkipped())) throw error;
        return { shape: undefined };
      });
      if (shape) report.done(path, output, shape);
    } catch (error) {
      if (isUsageError(error) || error instanceof OutputLost) fatal.abort();
      if (signal.aborted) throw error;
      report.failure(path, error);
    }
  };
  try {
    await forEachAtOnce(files, args.jobs, embedFile);
    report.end();
  } finally {
    report.clear();
    await model?.then(
      (loaded) => loaded.close(),
      () => {},
    );
  }
  return report.failed === 0 ? 0 : EXIT_FAILED;
}
